import type { Finding } from './finding.ts';

/** A key stands for one choice only. @param what staff's word for the choices ('時間の選択肢') */
export function checkChoiceKeys(
  choices: readonly { readonly key: string }[],
  what: string,
): readonly Finding[] {
  const keys = choices.map((choice) => choice.key);
  const doubled = new Set(keys.filter((each, index) => keys.indexOf(each) !== index));
  return [...doubled].map((key) => ({
    severity: 'error',
    code: 'duplicateKey',
    message: `${what}で、キー「${key}」が二度使われています。`,
    mend: '選択肢ごとに別のキーを割り当ててください。',
  }));
}
