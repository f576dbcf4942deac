import { ReadAsSchema } from '@madoguchi/flow';
import { z } from 'zod';

/**
 * The API of the lists 名簿 of campaigns, as schemas that server and browser share (`@madoguchi/server/campaign-list-contract`). The way of a
 * list: a file is sent (`uploaded`), its columns are mapped and it is read (`reading` → `checked`), looked at, and accepted. Until then the
 * campaign is untouched; a list that is given up, or was not accepted within a day, is gone with all its rows.
 */

const InstantSchema = z.iso.datetime({ offset: true });

/** A longer one is refused with 413. */
export const LIST_FILE_MAX_BYTES = 200 * 1024 * 1024;
export const LIST_MAX_ROWS = 200_000;
export const LIST_MAX_COLUMNS = 200;

/** recipients 配信先の名簿; paid 納付済みの方の名簿, whose people are taken off at any time. */
export const ListPurposeSchema = z.enum(['recipients', 'paid']);
export type ListPurpose = z.infer<typeof ListPurposeSchema>;

/**
 * 列の割り当て: what a column is. Several columns may be `telephone`: the first that may be dialled counts, in this order. A `value` is what the scenario may
 * say, by its name (税目, 金額, 納期限, 期別 …). For `paid`, `value` columns narrow down what was paid (期別, 通知書番号 …).
 */
export const ColumnMappingSchema = z.discriminatedUnion('field', [
  z.object({ header: z.string().max(200), field: z.literal('addresseeNumber') }),
  z.object({ header: z.string().max(200), field: z.literal('telephone') }),
  z.object({
    header: z.string().max(200),
    /** Also the value 宛名 of the scenario, unless another column is mapped to it. */
    field: z.literal('nameKana'),
    /** Whoever has none is left out; otherwise stays, and the name is not said. */
    required: z.boolean(),
  }),
  z.object({
    header: z.string().max(200),
    field: z.literal('birthDate'),
    /** Whoever has none is left out: without it nobody can be identified. */
    required: z.boolean(),
  }),
  z.object({
    header: z.string().max(200),
    field: z.literal('value'),
    name: z.string().trim().min(1).max(40),
    readAs: ReadAsSchema,
    required: z.boolean(),
  }),
]);
export type ColumnMapping = z.infer<typeof ColumnMappingSchema>;
/** Columns of the file that are not named are kept as they are, and nothing is done with them. */
export const ColumnMappingsSchema = z.array(ColumnMappingSchema).min(1).max(LIST_MAX_COLUMNS);

/** A mapping that is kept, usually one for each core system. */
export const ListMappingSchema = z.object({
  mappingId: z.string(),
  name: z.string(),
  purpose: ListPurposeSchema,
  columns: ColumnMappingsSchema,
  version: z.int(),
  changedAt: InstantSchema,
});
export type ListMapping = z.infer<typeof ListMappingSchema>;
/** GET /api/list-mappings: by name */
export const ListMappingsSchema = z.object({ mappings: z.array(ListMappingSchema) });
/** POST /api/list-mappings → 201 ListMappingSchema; 409 `nameTaken`, 422 `mapping` */
export const ListMappingAddSchema = z.object({
  name: z.string().trim().min(1).max(60),
  purpose: ListPurposeSchema,
  columns: ColumnMappingsSchema,
});
/** PUT /api/list-mappings/:mappingId → ListMappingSchema; 409 `changedMeanwhile`, `nameTaken`; 422 `mapping` */
export const ListMappingChangeSchema = ListMappingAddSchema.extend({ version: z.int() });
/** DELETE /api/list-mappings/:mappingId?version= → ListDoneSchema */
export const ListMappingRemovalSchema = z.object({ version: z.coerce.number().int() });
export const ListDoneSchema = z.object({ done: z.literal(true) });

/**
 * uploaded 列の割り当て待ち → reading 読み込み中 → checked 確認待ち → accepted 取り込み済み. From each of the first three cancelled 取りやめ or failed 失敗; after failed
 * and cancelled the file is to be sent again. A checked list may be read again with another mapping.
 */
export const ListStateSchema = z.enum(['uploaded', 'reading', 'checked', 'accepted', 'cancelled', 'failed']);
export type ListState = z.infer<typeof ListStateSchema>;

/**
 * POST /api/campaigns/:campaignId/lists, the file as body (`application/octet-stream`) → 201 CampaignListSchema. 422 `listFile` says what is
 * wrong with the file, row and column named; `myNumber` where a column looks like マイナンバー; 409 `notDraft` (recipients of a campaign
 * that is no draft), `campaignEnded`; 413.
 */
export const ListUploadSchema = z.object({
  purpose: ListPurposeSchema,
  /** As on the clerk's machine: 'R8_4期.csv'. */
  fileName: z.string().min(1).max(200),
});

/** How many rows, as far as they are read. */
const ListCountsSchema = z.object({
  /** With anything in them, without the one of the column names. */
  rows: z.int(),
  /** Will be recipients; for `paid`: find somebody of the campaign. */
  usable: z.int(),
  leftOut: z.int(),
  /** Usable, with something that staff should know. */
  warned: z.int(),
});

/** GET /api/campaign-lists/:listId. Ask every second while it is `reading`. */
export const CampaignListSchema = z.object({
  listId: z.string(),
  campaignId: z.string(),
  purpose: ListPurposeSchema,
  fileName: z.string(),
  kind: z.enum(['csv', 'xlsx']),
  /** null: of a spreadsheet. */
  encoding: z.enum(['utf-8', 'cp932']).nullable(),
  state: ListStateSchema,
  /** Set where it failed: what is wrong, row and column named, for staff. */
  problem: z.string().nullable(),
  fileBytes: z.int(),
  /** Of the file's columns in their order; a column without a name is called by its letter, 'C列'. */
  headers: z.array(z.string()),
  /** The first rows as they are in the file, at most 5. Empty once the list is accepted. */
  samples: z.array(z.array(z.string())),
  /** By the saved mapping whose columns are all there, else by the names of the columns; null where nothing is recognised. */
  proposal: z.object({ mappingId: z.string().nullable(), columns: z.array(ColumnMappingSchema) }).nullable(),
  /** As it was read; null before. */
  columns: ColumnMappingsSchema.nullable(),
  /** 0–100, of the file's bytes. */
  percent: z.number(),
  bytesRead: z.int(),
  counts: ListCountsSchema,
  sentAt: InstantSchema,
  sentBy: z.string(),
  acceptedAt: InstantSchema.nullable(),
});
export type CampaignList = z.infer<typeof CampaignListSchema>;
/** GET /api/campaigns/:campaignId/lists: newest first, at most 50 */
export const CampaignListsSchema = z.object({ lists: z.array(CampaignListSchema) });

/** POST /api/campaign-lists/:listId/read → 202 CampaignListSchema; 409 `listState`; 422 `mapping` names the column */
export const ListReadSchema = z.object({ columns: ColumnMappingsSchema });
/** POST /api/campaign-lists/:listId/cancel → CampaignListSchema; 409 `listState` where it is accepted */
/**
 * POST /api/campaign-lists/:listId/accept → CampaignListSchema. `recipients`: they take the place of the campaign's recipients so far, if any.
 * `paid`: those that it finds are taken off. 409 `listState`, `notDraft`, `campaignEnded`, `listLost` (to be read again).
 */

/** Why a row is left out, or what staff should know of it. */
export const RowProblemCodeSchema = z.enum([
  /** 宛名番号がない, or too long */
  'addresseeNumber',
  /** No telephone at all */
  'telephoneMissing',
  /** None that may be dialled */
  'telephone',
  'nameKanaMissing',
  /** Not kana */
  'nameKana',
  'birthDateMissing',
  'birthDate',
  'valueMissing',
  /** Not readable as what it is: date, amount … */
  'value',
  /** 「=」などで始まる */
  'formula',
  'duplicate',
  /** 発信止め */
  'suppressed',
  /** More cells than columns, or too few */
  'cells',
  /** Of those who have paid: nobody of this campaign */
  'notFound',
  /** Of those who have paid: reached or taken off already */
  'settled',
]);
export type RowProblemCode = z.infer<typeof RowProblemCodeSchema>;

export const RowProblemSchema = z.object({
  code: RowProblemCodeSchema,
  /** Name of the column; null where it is the row as a whole. */
  column: z.string().nullable(),
  /** '電話番号「0570…」は、発信できない種類の番号です。' — a whole sentence for staff. */
  message: z.string(),
});
export type RowProblem = z.infer<typeof RowProblemSchema>;

const ReadyValueSchema = z.object({ name: z.string(), text: z.string(), readAs: ReadAsSchema });

/** GET /api/campaign-lists/:listId/preview, once it is checked */
export const ListPreviewSchema = z.object({
  /** The first 20 usable rows as they will be. */
  first: z.array(
    z.object({
      /** As a spreadsheet counts rows: the column names stand in row 1. */
      rowNo: z.int(),
      addresseeNumber: z.string(),
      /** '090-0000-4321'; null for `paid`. */
      telephone: z.string().nullable(),
      /** '携帯電話'; null for `paid`. */
      telephoneKind: z.string().nullable(),
      nameKana: z.string(),
      /** Whether there is one: it is shown to nobody. */
      hasBirthDate: z.boolean(),
      values: z.array(ReadyValueSchema),
      warnings: z.array(RowProblemSchema),
    }),
  ),
  /** How many rows each problem concerns, most first; `label`: '電話番号がない'. */
  leftOut: z.array(z.object({ code: RowProblemCodeSchema, label: z.string(), rows: z.int() })),
  warnings: z.array(z.object({ code: RowProblemCodeSchema, label: z.string(), rows: z.int() })),
  /** Recipients of the campaign so far, whose place these take; for `paid`: recipients who would be taken off. */
  recipientsConcerned: z.int(),
});
export type ListPreview = z.infer<typeof ListPreviewSchema>;

/** GET /api/campaign-lists/:listId/rows: rows that are left out or warned of, 50 a page, by row number */
export const ListRowsQuerySchema = z.object({
  which: z.enum(['leftOut', 'warned']).default('leftOut'),
  code: RowProblemCodeSchema.optional(),
  /** Row number after which to go on. */
  after: z.coerce.number().int().min(0).default(0),
});
export const ListRowsSchema = z.object({
  rows: z.array(
    z.object({ rowNo: z.int(), addresseeNumber: z.string(), problems: z.array(RowProblemSchema) }),
  ),
  /** For `after`; null at the end. */
  next: z.int().nullable(),
});
export type ListRows = z.infer<typeof ListRowsSchema>;

/**
 * GET /api/campaign-lists/:listId/left-out.csv: the rows that are left out, to be mended in Excel and sent again: the file's own columns and 理由,
 * UTF-8 with BOM. Kept for seven days; then 404 `listLost`.
 */
