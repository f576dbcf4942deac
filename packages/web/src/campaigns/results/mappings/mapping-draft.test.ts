import { expect, test } from 'vitest';
import { draftOf, editedFrom, moved, NEW_MAPPING, previewableOf, problemsOf } from './mapping-draft.ts';

const edited = editedFrom({ ...NEW_MAPPING, name: '国保システム' });
const headers = (columns: readonly { header: string }[]) => columns.map(({ header }) => header);

test('a column moves one place, stays at either end, and keeps its key', () => {
  const up = moved(edited.columns, 1, -1);
  expect(headers(up)).toEqual(['接触日時', '宛名番号', '結果コード']);
  expect(up.map(({ key }) => key)).toEqual([1, 0, 2]);
  expect(moved(edited.columns, 0, -1)).toEqual(edited.columns);
  expect(moved(edited.columns, 2, 1)).toEqual(edited.columns);
});

test('what is missing or double is told at its own field', () => {
  const [first, second] = edited.columns;
  if (first === undefined || second === undefined) throw new Error('no columns');
  const wrong = {
    ...edited,
    name: ' ',
    columns: [
      { ...first, header: '' },
      second,
      { key: 7, header: '接触日時', source: { type: 'value' as const, name: '' } },
    ],
  };
  expect([...problemsOf(wrong).keys()]).toEqual(['name', 'header 0', 'header 7', 'source 7']);
  // Without a first row of headings their names do not matter.
  expect([...problemsOf({ ...wrong, hasHeader: false }).keys()]).toEqual(['name', 'source 7']);
  expect(problemsOf({ ...edited, columns: [] }).has('columns')).toBe(true);
  expect(problemsOf(edited).size).toBe(0);
});

test('a mapping without a name can be looked at; one that nobody could store cannot', () => {
  expect(previewableOf({ ...edited, name: '' })).not.toBeNull();
  expect(previewableOf({ ...edited, columns: [] })).toBeNull();
});

test('only codes that are other than ours are stored', () => {
  const draft = draftOf({ ...edited, codes: { 10: '10', 11: ' P1 ', 12: '' } });
  expect(draft.codes).toEqual({ 11: 'P1' });
  expect(editedFrom(draft).columns).toEqual(edited.columns);
});
