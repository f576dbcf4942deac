import { z } from 'zod';
import {
  AnsweredBySchema,
  AttemptOutcomeSchema,
  ChannelSchema,
  ContactResultSchema,
} from '../campaigns/words.ts';

/**
 * Results of campaigns 配信: totals, attempts one by one, and the files that take them to a core system 基幹システム. Who sees: `viewCampaigns`; makes,
 * fetches and delivers files, changes mappings: `runCampaigns`. Each look at one attempt and each file is audited.
 */

const MomentSchema = z.iso.datetime({ offset: true });
const DaySchema = z.iso.date();
const PersonSchema = z.object({ personId: z.string(), name: z.string() });

// ── Totals ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /api/campaigns/:campaignId/results. Every word of each kind stands there, also with 0, in the order in which it is shown. */
export const ResultTotalsSchema = z.object({
  campaignId: z.string(),
  campaignName: z.string(),
  at: MomentSchema,
  recipients: z.object({
    total: z.int(),
    waiting: z.int(),
    inProgress: z.int(),
    done: z.int(),
    removed: z.int(),
    /** Settled because a result was had, or what was to be said was heard. */
    reached: z.int(),
  }),
  /** By the answer that counts, each kept apart from the others; `recipients` without one: `withoutResult`. */
  results: z.array(z.object({ result: ContactResultSchema, label: z.string(), recipients: z.int() })),
  withoutResult: z.int(),
  /** Attempts that have ended, by what came of them. */
  outcomes: z.array(
    z.object({
      channel: ChannelSchema,
      outcome: AttemptOutcomeSchema,
      label: z.string(),
      attempts: z.int(),
    }),
  ),
  answeredBy: z.array(z.object({ answeredBy: AnsweredBySchema, label: z.string(), attempts: z.int() })),
  /** 納付約束 by the promised day, earliest first; null: no day was told. */
  promises: z.array(z.object({ day: DaySchema.nullable(), recipients: z.int() })),
  /** Ended attempts that are in no file yet, and those that are. */
  notExported: z.int(),
  exported: z.int(),
});
export type ResultTotals = z.infer<typeof ResultTotalsSchema>;

/**
 * GET /api/campaigns/:campaignId/reach?step=hour|day: for a chart, oldest first; times without an attempt or a reached recipient are left out.
 * `reachedSoFar` is of all recipients up to the end of that time.
 */
export const ReachQuerySchema = z.object({ step: z.enum(['hour', 'day']).default('hour') });
export const ReachSchema = z.object({
  step: z.enum(['hour', 'day']),
  recipients: z.int(),
  points: z.array(
    z.object({
      from: MomentSchema,
      calls: z.int(),
      texts: z.int(),
      /** Calls that somebody, or something, answered. */
      answered: z.int(),
      reached: z.int(),
      reachedSoFar: z.int(),
    }),
  ),
});
export type Reach = z.infer<typeof ReachSchema>;

// ── Attempts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const AttemptSummarySchema = z.object({
  attemptId: z.string(),
  recipientId: z.int(),
  rowNo: z.int(),
  addresseeNumber: z.string(),
  nameKana: z.string(),
  telephoneShown: z.string(),
  channel: ChannelSchema,
  isCallBack: z.boolean(),
  reservedAt: MomentSchema,
  answeredAt: MomentSchema.nullable(),
  endedAt: MomentSchema.nullable(),
  /** Null: it goes on. Labels are what screens show. */
  outcome: AttemptOutcomeSchema.nullable(),
  outcomeLabel: z.string(),
  answeredBy: AnsweredBySchema.nullable(),
  answeredByLabel: z.string().nullable(),
  countsAsTry: z.boolean(),
  sipCode: z.int().nullable(),
  result: ContactResultSchema.nullable(),
  resultLabel: z.string().nullable(),
  promisedOn: DaySchema.nullable(),
  /** File that it is in; null: none yet. */
  exportId: z.string().nullable(),
});
export type AttemptSummary = z.infer<typeof AttemptSummarySchema>;

/** GET /api/campaigns/:campaignId/attempts: 50 a page, newest first. `day`: Japanese day of the attempt; `search`: begin of a 宛名番号. */
export const AttemptListQuerySchema = z.object({
  channel: ChannelSchema.optional(),
  outcome: AttemptOutcomeSchema.optional(),
  result: ContactResultSchema.optional(),
  day: DaySchema.optional(),
  search: z.string().max(40).optional(),
  cursor: z.string().max(300).optional(),
});
export const AttemptListSchema = z.object({
  attempts: z.array(AttemptSummarySchema),
  nextCursor: z.string().nullable(),
});
export type AttemptList = z.infer<typeof AttemptListSchema>;

/** One announcement of a call, with exactly the words that were said; secret values are ●●●. */
const HeardSchema = z.object({
  /** Since the call began. */
  atMs: z.int(),
  nodeTitle: z.string().nullable(),
  text: z.string(),
  slower: z.boolean(),
  /** whole 最後まで, cutShort 途中まで, unknown 不明: nobody reported its end. */
  played: z.enum(['whole', 'cutShort', 'unknown']),
  /** How long it played; null where that is not known. */
  playedMs: z.int().nullable(),
});

/** GET /api/campaign-attempts/:attemptId; each look is audited. */
export const AttemptStorySchema = z.object({
  attempt: AttemptSummarySchema,
  dialledAt: MomentSchema.nullable(),
  ringingAt: MomentSchema.nullable(),
  q850Cause: z.int().nullable(),
  identity: z.enum(['matched', 'failed']).nullable(),
  talkMs: z.int().nullable(),
  /** Version of the scenario. */
  scenario: z.object({ versionId: z.string(), name: z.string() }).nullable(),
  /** In order; empty where nothing was said. */
  heard: z.array(HeardSchema),
  /** Keys as they were pressed, secret ones as ●. */
  keys: z.string(),
  /** What the person said in words: null until speech is recognised. */
  spokenAnswer: z.string().nullable(),
  /** Text messages: the attempt's own, or those that the call caused. */
  texts: z.array(
    z.object({
      text: z.string(),
      state: z.string(),
      stateLabel: z.string(),
      parts: z.int(),
      createdAt: MomentSchema,
      settledAt: MomentSchema.nullable(),
    }),
  ),
  /** Story of the call (GET /api/calls/:callId); null: it was not answered. */
  callId: z.string().nullable(),
});
export type AttemptStory = z.infer<typeof AttemptStorySchema>;

// ── Mappings ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a column may hold, beside values of the list, columns of the list and fixed words. */
export const ResultFieldSchema = z.enum([
  'addresseeNumber',
  'telephone',
  'nameKana',
  'rowNo',
  'campaignName',
  'attemptId',
  'attemptNo',
  'contactedAt',
  'means',
  'meansWords',
  'resultCode',
  'resultWords',
  'outcomeWords',
  'answeredByWords',
  'promisedOn',
  'consultation',
  'version',
  'keys',
  'heardText',
  'spokenAnswer',
  'smsText',
  'smsStateWords',
  'sipCode',
  'talkSeconds',
]);
export type ResultField = z.infer<typeof ResultFieldSchema>;

export const ColumnSourceSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('field'), field: ResultFieldSchema }),
  /** A value of the recipient by its name ('税目コード'), as it is kept. */
  z.object({ type: z.literal('value'), name: z.string().min(1).max(40) }),
  /** A column of the list as it came, unchanged; the first is 1. */
  z.object({ type: z.literal('original'), column: z.int().min(1).max(500) }),
  z.object({ type: z.literal('constant'), text: z.string().max(200) }),
]);
export type ColumnSource = z.infer<typeof ColumnSourceSchema>;

/** What staff save for a core system. */
export const ResultMappingDraftSchema = z.object({
  name: z.string().trim().min(1).max(100),
  columns: z
    .array(z.object({ header: z.string().max(100), source: ColumnSourceSchema }))
    .min(1)
    .max(200),
  format: z.enum(['csv', 'xlsx']).default('csv'),
  /** Of CSV files. */
  encoding: z.enum(['utf8', 'cp932']).default('utf8'),
  /** UTF-8 with a byte order mark. */
  bom: z.boolean().default(false),
  hasHeader: z.boolean().default(true),
  lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
  /** 2026-01-31 or 20260131. */
  dates: z.enum(['hyphened', 'digits']).default('hyphened'),
  /**
   * Who opens a CSV file. `coreSystem`: every cell is written as it is. `spreadsheet`: a cell that a spreadsheet would calculate gets an
   * apostrophe before it. XLSX cells are text for both, never a formula.
   */
  reader: z.enum(['coreSystem', 'spreadsheet']).default('coreSystem'),
  /** Own codes in the place of ours, by our code. */
  codes: z.record(z.string().max(10), z.string().max(20)).default({}),
  /** What stands for a character that CP932 does not have; 〓 where nothing is said. */
  substitutes: z.record(z.string().min(1).max(20), z.string().max(20)).default({}),
});
export type ResultMappingDraft = z.infer<typeof ResultMappingDraftSchema>;

export const ResultMappingSchema = z.object({
  mappingId: z.string(),
  /** Ours 「標準の結果ファイル」: can be copied, not changed. */
  isReady: z.boolean(),
  version: z.int(),
  draft: ResultMappingDraftSchema,
  changedAt: MomentSchema.nullable(),
  changedBy: z.string().nullable(),
});
export type ResultMapping = z.infer<typeof ResultMappingSchema>;

const CodeSchema = z.object({ kind: z.enum(['means', 'result']), code: z.string(), label: z.string() });

/** GET /api/result-mappings: the ready one first; with what a column may be, and the codes. */
export const ResultMappingListSchema = z.object({
  mappings: z.array(ResultMappingSchema),
  fields: z.array(z.object({ field: ResultFieldSchema, label: z.string() })),
  codes: z.array(CodeSchema),
});
export type ResultMappingList = z.infer<typeof ResultMappingListSchema>;

/** POST /api/result-mappings → 201; PUT /api/result-mappings/:mappingId (with `version`) → 200; 409 `changedMeanwhile`. */
export const ResultMappingAddSchema = z.object({ draft: ResultMappingDraftSchema });
export const ResultMappingChangeSchema = z.object({ draft: ResultMappingDraftSchema, version: z.int() });
export const ResultMappingSavedSchema = z.object({ mappingId: z.string(), version: z.int() });
/** DELETE /api/result-mappings/:mappingId?version= */
export const ResultMappingRemovalSchema = z.object({ version: z.coerce.number().int() });

/** GET /api/campaigns/:campaignId/result-sources: what its list offers to columns. */
export const ResultSourcesSchema = z.object({
  /** Names of values. */
  values: z.array(z.string()),
  /** Headings of the list's own columns, in order; empty where no list was accepted. */
  columns: z.array(z.string()),
});
export type ResultSources = z.infer<typeof ResultSourcesSchema>;
/**
 * POST /api/campaigns/:campaignId/result-mapping-previews → 200 ResultPreview: the campaign's last results after a mapping that is not stored, at most
 * 5; notes are of these rows alone.
 */
export const MappingPreviewOrderSchema = z.object({ draft: ResultMappingDraftSchema });

export const ResultDoneSchema = z.object({ done: z.literal(true) });

// ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A character that the file's encoding does not have. Row as a spreadsheet counts it. */
const SubstitutionSchema = z.object({
  row: z.int(),
  column: z.string(),
  /** With its variation selector; `code` names its code points ('U+845B U+E0100'). */
  character: z.string(),
  code: z.string(),
  substitute: z.string(),
});
export type Substitution = z.infer<typeof SubstitutionSchema>;
/** A cell that a spreadsheet would calculate. */
const FormulaLikeSchema = z.object({ row: z.int(), column: z.string() });

/** What there is to say of a file before it is taken. Lists name the first 500 of each. */
const FileNotesSchema = z.object({
  rows: z.int(),
  substitutions: z.array(SubstitutionSchema),
  substitutionCount: z.int(),
  formulaLike: z.array(FormulaLikeSchema),
  formulaLikeCount: z.int(),
  /** Headers of columns that are empty in every row: the list does not have them. */
  emptyColumns: z.array(z.string()),
});

/** What is written: ended attempts that are in no file yet, or those of an earlier file once more. */
const ExportOfSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('new') }),
  z.object({ type: z.literal('again'), exportId: z.string().max(40) }),
]);

/** POST /api/campaigns/:campaignId/result-previews → 200: makes nothing. */
export const ResultPreviewOrderSchema = z.object({ mappingId: z.string().max(40), of: ExportOfSchema });
export const ResultPreviewSchema = z.object({
  headers: z.array(z.string()),
  /** First rows as they will be read, at most 20. */
  firstRows: z.array(z.array(z.string())),
  notes: FileNotesSchema,
});
export type ResultPreview = z.infer<typeof ResultPreviewSchema>;

/**
 * POST /api/campaigns/:campaignId/result-exports → 201 ResultExport, once its files lie ready; 422 `nothingToExport`. What has left the house before
 * leaves it again only with a reason.
 */
export const ResultExportOrderSchema = z.object({
  mappingId: z.string().max(40),
  of: z.discriminatedUnion('type', [
    z.object({ type: z.literal('new') }),
    z.object({
      type: z.literal('again'),
      exportId: z.string().max(40),
      reason: z.string().trim().min(1).max(200),
    }),
  ]),
});
export type ResultExportOrder = z.infer<typeof ResultExportOrderSchema>;

const ExportFileSchema = z.object({
  /** data: the results; codes: code table; manifest: names, SHA-256, rows. */
  kind: z.enum(['data', 'codes', 'manifest']),
  name: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  /** Without the header; null: manifest. */
  rows: z.int().nullable(),
  /** GET; audited, and remembered as a delivery. */
  url: z.string(),
});

/** coreSystem: fetched by a machine; `by` is then its key. */
const DeliveryKindSchema = z.enum(['download', 'dropFolder', 'handedOver', 'coreSystem']);
export const ResultExportSchema = z.object({
  exportId: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  /** Counts up for a campaign. */
  exportNo: z.int(),
  /** The file whose attempts it repeats; null: these attempts were in no file before. */
  repeats: z.object({ exportId: z.string(), exportNo: z.int() }).nullable(),
  /** Why; null where it repeats none, or was made before reasons were asked for. */
  repeatReason: z.string().nullable(),
  /** failed: its files could not be made; they can be made again, with the same attempts. */
  state: z.enum(['making', 'ready', 'failed']),
  mappingName: z.string(),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.enum(['utf8', 'cp932']),
  madeAt: MomentSchema,
  madeBy: PersonSchema,
  attempts: z.int(),
  /** Until then its files can be had; null until it is ready. */
  filesUntil: MomentSchema.nullable(),
  /** That time has passed: it is only a record of what was made. */
  filesAreGone: z.boolean(),
  /** Null until it is ready. */
  notes: FileNotesSchema.nullable(),
  files: z.array(ExportFileSchema),
  deliveries: z.array(
    z.object({ kind: DeliveryKindSchema, at: MomentSchema, by: PersonSchema, note: z.string() }),
  ),
});
export type ResultExport = z.infer<typeof ResultExportSchema>;

/** GET /api/campaigns/:campaignId/result-exports: newest first. */
export const ResultExportListSchema = z.object({
  exports: z.array(ResultExportSchema),
  /** Folder for a core system to fetch from, as the server knows it. */
  dropFolder: z.string(),
});
/** GET /api/result-exports/:exportId: also what the 送付票 prints. POST …/files: makes its files again where they failed. */
/** GET /api/result-exports/:exportId/files/:kind: the file; 410 `filesGone`. Machines have routes of their own: campaign-result-token-contract.ts. */

/**
 * POST /api/result-exports/:exportId/deliveries → 200 ResultExport. dropFolder: puts its files there. handedOver: with a 送付票, on a medium; `note`
 * says to whom.
 */
export const ResultDeliveryOrderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dropFolder') }),
  z.object({ kind: z.literal('handedOver'), note: z.string().trim().min(1).max(200) }),
]);
