import {
  FileAnnouncementSchema,
  FileReadingSchema,
  FlowDraftSchema,
  IdSchema,
  PresentFlowSchema,
} from '@madoguchi/flow';
import { z } from 'zod';

/** The flow studio's part of the API; apart from the rest, so that only who opens it loads it. */

const PersonSchema = z.object({ personId: z.string(), name: z.string() });

/** GET /api/flows */
export const FlowListSchema = z.object({
  flows: z.array(
    z.object({
      flowId: z.string(),
      name: z.string(),
      nodes: z.int(),
      changedAt: z.iso.datetime({ offset: true }),
      /** Null: as the start laid it. */
      changedBy: PersonSchema.nullable(),
      /** Newest published version; null: never published. */
      version: z.int().nullable(),
      /** Whether the draft says something else than that version. */
      isChanged: z.boolean(),
      numbers: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
    }),
  ),
});
export type FlowList = z.infer<typeof FlowListSchema>;

/** A flow as it stands, with the version to send along with a change. */
const StoredFlowSchema = z.object({
  draft: PresentFlowSchema,
  version: z.int(),
  changedAt: z.iso.datetime({ offset: true }),
  changedBy: PersonSchema.nullable(),
});
export type StoredFlow = z.infer<typeof StoredFlowSchema>;

const NamedSchema = z.object({ id: z.string(), name: z.string() });

/** GET /api/flows/:flowId: all that editing it needs. */
export const FlowDetailSchema = z.object({
  flow: StoredFlowSchema,
  /** Every other flow's draft: where this one may lead, and what a search looks through. */
  others: z.array(PresentFlowSchema),
  /** What a flow may refer to. */
  surroundings: z.object({
    numbers: z.array(NamedSchema),
    calendars: z.array(NamedSchema),
    lists: z.array(NamedSchema),
    audio: z.array(NamedSchema),
    announcements: z.array(NamedSchema),
    /** Hosts of the city's own pages; empty: staff have named none. */
    ownHosts: z.array(z.string()),
  }),
});
export type FlowDetail = z.infer<typeof FlowDetailSchema>;

/** Parts of the page's own addresses (/flows/new), so ids of no flow. */
export const RESERVED_FLOW_IDS: ReadonlySet<string> = new Set(['new']);
export const LONGEST_FLOW_NAME_CHARS = 60;

/** POST /api/flows → 201; with `draft` as given, else an empty one. */
export const FlowAddSchema = z.object({
  flowId: IdSchema.refine((id) => !RESERVED_FLOW_IDS.has(id)),
  name: z.string().trim().min(1).max(LONGEST_FLOW_NAME_CHARS),
  draft: FlowDraftSchema.nullable(),
});
export const FlowAddedSchema = z.object({ flowId: z.string() });

/** Flows that lead to each other; an id that is taken in this house is replaced. */
const ImportedFlowsSchema = z
  .array(FlowDraftSchema.refine(({ name }) => name.trim() !== '' && name.length <= LONGEST_FLOW_NAME_CHARS))
  .min(1)
  .max(200)
  .refine((flows) => new Set(flows.map(({ id }) => id)).size === flows.length);

/** POST /api/flow-imports → 201: all of them are added or none. */
export const FlowImportSchema = z.object({
  flows: ImportedFlowsSchema,
  /** Whence they come, for the audit. */
  from: z.enum(['template', 'file', 'copy']),
  /** Of a file: to which announcements its flows are tied, and how their words are read. */
  announcements: z.array(FileAnnouncementSchema).max(2_000).default([]),
  readings: z.array(FileReadingSchema).max(5_000).default([]),
});
export type FlowImport = z.input<typeof FlowImportSchema>;
/** Under which ids, in the order of the flows; and what became of the rest of the file, by names. */
export const FlowImportedSchema = z.object({
  flowIds: z.array(z.string()),
  announcements: z.object({
    added: z.array(z.string()),
    /** This house has one of that name with other words: both stay, the flow keeps those of the file. */
    different: z.array(z.string()),
    /** This house cannot say it, for want of the sound: the flow keeps its copy. */
    leftOut: z.array(z.string()),
  }),
  readings: z.object({
    added: z.array(z.string()),
    /** This house reads it otherwise, and goes on doing so. */
    different: z.array(z.object({ surface: z.string(), here: z.string(), file: z.string() })),
  }),
});
export type FlowImported = z.infer<typeof FlowImportedSchema>;

/** POST /api/flow-exports: what a file with these flows has to hold besides them, as they stand on the screen. */
export const FlowExportSchema = z.object({ flows: z.array(FlowDraftSchema).min(1).max(200) });
export const FlowWordsSchema = z.object({
  announcements: z.array(FileAnnouncementSchema),
  readings: z.array(FileReadingSchema),
});
export type FlowWords = z.infer<typeof FlowWordsSchema>;

/** PUT /api/flows/:flowId */
export const FlowChangeSchema = z.object({ draft: FlowDraftSchema, version: z.int() });
export const FlowSavedSchema = z.object({ version: z.int() });
/** 409: somebody else saved in between. Nothing was written; both can be put together. */
export const FlowBehindSchema = z.object({
  code: z.literal('changedMeanwhile'),
  message: z.string(),
  newest: StoredFlowSchema,
});

/** DELETE /api/flows/:flowId?version= */
export const FlowRemovalSchema = z.object({ version: z.coerce.number().int() });
export const FlowDoneSchema = z.object({ done: z.literal(true) });

/** PUT /api/flows/:flowId/presence, every few seconds by each open window. */
export const PresenceSchema = z.object({ windowId: z.string().min(8).max(64) });
export const PresentSchema = z.object({
  /** Who else has it open. */
  others: z.array(PersonSchema),
  /** Version of the draft as stored now. */
  version: z.int(),
});
export type Present = z.infer<typeof PresentSchema>;
