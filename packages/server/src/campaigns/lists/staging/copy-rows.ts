import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CheckedRow } from '../checks/row.ts';

/** A row as it waits to be accepted. */
export type StagedRow = CheckedRow & {
  readonly personKey: Buffer;
  readonly telephoneKey: Buffer;
  /** Of those who have paid: whom it takes off. */
  readonly recipientIds: readonly number[];
};

const COPY = `copy campaign_list_row (list_id, row_no, left_out, problems, addressee_number, telephone, telephone_kind, name_kana,
  birth_date, "values", original, person_key, telephone_key, recipient_ids) from stdin`;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Copies groups of rows into the staging table in one command: all of them or none. PostgreSQL's text format (documentation of COPY, "Text Format"). */
export async function copyRows(
  client: ClientBase,
  listId: string,
  groups: AsyncIterable<readonly StagedRow[]>,
  signal: AbortSignal,
): Promise<void> {
  const lines = async function* () {
    for await (const group of groups) yield group.map((row) => lineOf(listId, row)).join('');
  };
  await pipeline(lines, client.query(copyFrom(COPY)), { signal });
}

function lineOf(listId: string, row: StagedRow): string {
  const columns = [
    listId,
    String(row.rowNo),
    row.leftOut ? 't' : 'f',
    JSON.stringify(row.problems),
    row.addresseeNumber,
    row.telephone,
    row.telephoneKind,
    row.nameKana,
    row.birthDate,
    JSON.stringify(row.values),
    arrayOf(row.original),
    `\\x${row.personKey.toString('hex')}`,
    `\\x${row.telephoneKey.toString('hex')}`,
    `{${row.recipientIds.join(',')}}`,
  ];
  return `${columns.map((text) => (text === null ? '\\N' : escaped(text))).join('\t')}\n`;
}

function escaped(text: string): string {
  return text.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign);
}

function arrayOf(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
