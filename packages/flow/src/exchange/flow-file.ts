import { z } from 'zod';
import { type FlowDraft, IdSchema, LANGUAGE_VERSION } from '../draft.ts';
import { PromptSchema } from '../prompt.ts';
import { MOST_RECIPIENT_VALUES, RecipientValueSchema } from '../recipient-values.ts';

export const FLOW_FILE_FORMAT = 'madoguchi-flow';
/** Raised when a file of the older one must be read otherwise. The language of the flows has a version of its own. */
export const FLOW_FILE_VERSION = 1;
/** About a hundred times the largest template; more is no file of ours. */
export const LARGEST_FILE_CHARS = 5_000_000;

/** An announcement of the library アナウンス集 to which prompts of the flows are tied. */
export const FileAnnouncementSchema = z.object({
  announcementId: z.string().min(1).max(64),
  name: z.string(),
  prompt: PromptSchema,
});
/** How a word is read aloud (読み). */
export const FileReadingSchema = z.object({
  surface: z.string().min(1).max(40),
  reading: z.string().min(1).max(80),
  accent: z.int().min(0).optional(),
});

/** All of a flow but its nodes, which are read by the schemas of their kinds. */
export const flowFields = {
  languageVersion: z.literal(LANGUAGE_VERSION),
  id: IdSchema,
  name: z.string(),
  startNodeId: z.string(),
  recipientValues: z.array(RecipientValueSchema).max(MOST_RECIPIENT_VALUES).optional(),
  voice: IdSchema.optional(),
} as const;

/** All of a file but its flows. */
export const fileFields = {
  format: z.literal(FLOW_FILE_FORMAT),
  formatVersion: z.literal(FLOW_FILE_VERSION),
  /** Of the flows in it. Each names its own too. */
  languageVersion: z.int().min(1).max(LANGUAGE_VERSION),
  exportedAt: z.iso.datetime({ offset: true }),
  announcements: z.array(FileAnnouncementSchema).optional(),
  readings: z.array(FileReadingSchema).optional(),
} as const;

export type FileAnnouncement = z.infer<typeof FileAnnouncementSchema>;
export type FileReading = z.infer<typeof FileReadingSchema>;

/** What is in a file: flows, the entry first, and what they use of the house's announcements and readings. */
export type FlowFile = {
  readonly exportedAt: string;
  readonly flows: readonly FlowDraft[];
  readonly announcements: readonly FileAnnouncement[];
  readonly readings: readonly FileReading[];
};

/** What is wrong with a file, in words for staff. */
export type FileProblem = {
  /** 'フロー「資格」のノード「用件の選択」の「選択肢」の2番目', '12行目の5文字目', 'ファイル' */
  readonly place: string;
  /** 'キーは、次のどれかで書いてください（…）。' */
  readonly message: string;
};
