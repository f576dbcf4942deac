import { z } from 'zod';
import { Refusal } from '../../http/index.ts';

/** Where a page of a list ended: the time of its last row, as PostgreSQL writes it to the microsecond, and that row's id. */
export type PageCursor = readonly [at: string, id: string];

const CursorSchema = z.tuple([z.string().regex(/^[0-9: .+-]{10,40}$/), z.string()]);

export function writeCursor(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws Refusal 400 for what `writeCursor` did not write. */
export function readCursor(cursor: string): PageCursor {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const parsed = CursorSchema.safeParse(text.startsWith('[') && text.endsWith(']') ? tryJson(text) : null);
  if (!parsed.success)
    throw new Refusal(400, 'invalidCursor', '一覧の続きを取得できません。検索し直してください。');
  return parsed.data;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
