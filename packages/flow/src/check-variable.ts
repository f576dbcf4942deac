import { BUILTIN_VALUES } from './builtin-values.ts';
import type { Finding } from './finding.ts';
import { isValueName } from './template.ts';

/** What is wrong with the name of a value that a node sets. */
export function checkVariableName(name: string): readonly Finding[] {
  if (!isValueName(name)) {
    return [
      {
        severity: 'error',
        code: 'badVariableName',
        message: `値の名前「${name}」は使えません。`,
        mend: '名前には文字・数字・「_」だけを使い、先頭は数字以外にしてください。',
      },
    ];
  }
  if (!Object.hasOwn(BUILTIN_VALUES, name)) return [];
  return [
    {
      severity: 'error',
      code: 'badVariableName',
      message: `値の名前「${name}」は、はじめから用意されている値の名前です。`,
      mend: '別の名前を付けてください。',
    },
  ];
}
