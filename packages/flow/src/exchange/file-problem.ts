import type { z } from 'zod';
import { fieldLabel } from './field-labels.ts';
import type { FileProblem } from './flow-file.ts';

type Issue = z.core.$ZodIssue;

/**
 * A fault that a schema found, in words. `where` names what the schema was applied to ('フロー「資格」のノード「用件の選択」').
 * Needs issues with their input (`reportInput`).
 */
export function problemOf(issue: Issue, where: string): FileProblem {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
  const last = path.at(-1);
  const subject =
    typeof last === 'string' && issue.code !== 'invalid_key' ? labelAt(path, path.length - 1) : null;
  const before = subject === null && issue.code !== 'invalid_key' ? path : path.slice(0, -1);
  return { place: placeOf(before, where), message: messageOf(issue, subject ?? '内容', String(last ?? '')) };
}

function placeOf(path: readonly (string | number)[], where: string): string {
  const steps = path.map((segment, index) =>
    typeof segment === 'number' ? `の${segment + 1}番目` : `の「${labelAt(path, index)}」`,
  );
  const place = `${where}${steps.join('')}`;
  return where === '' ? place.replace(/^の/, '') || 'ファイル' : place;
}

/** Below `next` stand names of branches. */
function labelAt(path: readonly (string | number)[], index: number): string {
  const name = String(path[index]);
  return path[index - 1] === 'next' ? shortened(name) : fieldLabel(name);
}

function messageOf(issue: Issue, subject: string, key: string): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `${subject}がありません。`
        : `${subject}は、${TYPES[issue.expected] ?? '正しい形'}で書いてください。`;
    case 'invalid_value':
      return issue.input === undefined
        ? `${subject}がありません。`
        : oneOf(subject, issue.values.map(String));
    case 'invalid_union':
      return oneOf(subject, 'options' in issue ? (issue.options ?? []).map(String) : []);
    case 'too_small':
      return `${subject}は、${issue.minimum}${measure(issue.origin)}以上にしてください。`;
    case 'too_big':
      return `${subject}は、${issue.maximum}${measure(issue.origin)}以下にしてください。`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? `${subject}は、「2026-04-01T09:00:00+09:00」のような日時で書いてください。`
        : `${subject}は、${ID_RULE}で書いてください。`;
    case 'invalid_key':
      return `「${shortened(key)}」は、識別名として使えません。${ID_RULE}にしてください。`;
    default:
      return `${subject}の書き方が正しくありません。`;
  }
}

const ID_RULE = '半角の英数字で始まり、英数字と「_」「-」だけでできた、64文字以内の名前';
const TYPES: Readonly<Record<string, string>> = {
  string: '引用符で囲んだ文字',
  number: '数字',
  int: '整数',
  boolean: 'true か false の値',
  array: '[ ] で囲んだ並び',
  object: '{ } で囲んだまとまり',
  record: '{ } で囲んだまとまり',
};

function oneOf(subject: string, values: readonly string[]): string {
  if (values.length === 0) return `${subject}の書き方が正しくありません。`;
  return values.length === 1
    ? `${subject}は、「${values[0]}」でなければなりません。`
    : `${subject}は、次のどれかで書いてください（${values.join('、')}）。`;
}

function measure(origin: string): string {
  if (origin === 'string') return '文字';
  return origin === 'array' ? '個' : '';
}

/** Names come from the file: a place is to be read at a glance. */
export function shortened(name: string): string {
  return [...name].length > 40 ? `${[...name].slice(0, 40).join('')}…` : name;
}
