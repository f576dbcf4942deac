import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../database/tables.ts';

export const AUDIO_ORIGINS = ['file', 'browser', 'telephone'] as const;
export type AudioOrigin = (typeof AUDIO_ORIGINS)[number];

/** Columns as in database/migrations/0018_announcement.sql and 0034_usual_voice.sql, where each is explained. */
export interface AnnouncementTables {
  announcement: {
    announcement_id: string;
    name: string;
    content: Json;
    voice_credit: string;
    version: Generated<number>;
    changed_at: Date;
    changed_by: string;
    removed_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
  announcement_version: {
    announcement_id: string;
    version: number;
    name: string;
    content: Json;
    voice_credit: string;
    changed_at: Date;
    changed_by: string;
  };
  uploaded_audio: {
    audio_id: string;
    name: string;
    duration_ms: number;
    level_db: number;
    origin: AudioOrigin;
    uploaded_at: Date;
    uploaded_by: string;
  };
  usual_voice: {
    is_only: Generated<boolean>;
    voice: string;
    chosen_by: string | null;
    chosen_at: Date | null;
  };
  heard_text: { person_id: string; content_hash: string; heard_at: Date };
}
