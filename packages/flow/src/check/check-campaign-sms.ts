import { BUILTIN_VALUES } from '../builtin-values.ts';
import { checkTemplate } from '../check-prompt.ts';
import type { BundleDraft } from '../draft.ts';
import type { Finding, Surroundings } from '../finding.ts';
import { recipientValuesOf } from '../recipient-values.ts';
import { namesIn } from '../template.ts';
import { namesTheCity, tellsANumber } from './campaign-words.ts';
import { personalInSms } from './check-personal.ts';
import { fraudLikeness } from './fraud-likeness.ts';

/**
 * What is wrong with the text message of a campaign itself, which no call sends: it must say who writes and how to ask whether that is true,
 * and what is personal in it must be allowed by who decides.
 * @param bundle the scenario, whose values it may tell; null where there is none, or its values are looked up in the list itself
 * @param calledName name of the public number, which stands for {{calledName}}
 */
export function checkCampaignSms(
  text: string,
  bundle: BundleDraft | null,
  { calledName = '', ...surroundings }: Pick<Surroundings, 'ownHosts'> & { readonly calledName?: string },
): readonly Finding[] {
  const values = bundle === null ? [] : recipientValuesOf(bundle);
  const names = [...new Set(namesIn(text))].filter((name) => !Object.hasOwn(BUILTIN_VALUES, name));
  const isKnown = (name: string) => bundle === null || values.some((value) => value.name === name);
  // Of a value that no scenario knows nobody has said that it is harmless.
  const isPersonal = (name: string) => values.find((value) => value.name === name)?.isPersonal ?? true;
  const all = namesIn(text);
  const words = text.normalize('NFKC');
  const who = all.includes('calledName') ? [words, calledName.normalize('NFKC')] : [words];
  return [
    ...checkTemplate(text, 'SMSの文'),
    ...names.filter((name) => !isKnown(name)).map(unknownValue),
    ...personalInSms(names.filter(isPersonal)),
    ...(who.some(namesTheCity) ? [] : [NO_CITY]),
    ...(all.includes('calledNumber') || tellsANumber(words) ? [] : [NO_NUMBER]),
    ...fraudLikeness([words], surroundings),
  ];
}

const unknownValue = (name: string): Finding => ({
  severity: 'error',
  code: 'unknownVariable',
  message: `値「${name}」は、フローの「配信先の値」にありません。`,
  mend: '名前の書き間違いを直すか、フローの「配信先の値」に加えてください。',
});

const NO_CITY: Finding = {
  severity: 'error',
  code: 'noCityName',
  message: 'SMSの文に、市の名前と担当課の名前がありません。',
  mend: '「【○○市 ○○課】」のように、はじめに入れてください。',
};

const NO_NUMBER: Finding = {
  severity: 'error',
  code: 'noOfficialNumber',
  message: 'SMSの文に、お問い合わせの電話番号がありません。',
  mend: '「お問い合わせ：○○課 0000-00-0000」のように入れてください。',
};
