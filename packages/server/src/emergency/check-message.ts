import type { EmergencyDraft, EmergencyProblem } from '../http/emergency-contract.ts';

const LONGEST_TEXT = 400;

export type CheckedMessage =
  | { readonly ok: true; readonly draft: EmergencyDraft }
  | { readonly ok: false; readonly problems: readonly EmergencyProblem[] };

/** What was typed, tidied, or what is wrong with it. @param phoneNumbers all that there are, national digits */
export function checkMessage(draft: EmergencyDraft, phoneNumbers: readonly string[]): CheckedMessage {
  const problems: EmergencyProblem[] = [];
  const name = draft.name.trim();
  const text = draft.text.trim().replace(/\s*\n\s*/g, '');
  if (name === '' || name.length > 40)
    problems.push({ path: 'name', message: '名前を、40文字以内で入力してください。' });
  if (text === '' || text.length > LONGEST_TEXT)
    problems.push({ path: 'text', message: `読み上げる文章を、${LONGEST_TEXT}文字以内で入力してください。` });
  else if (/\{\{|\}\}/.test(text))
    problems.push({ path: 'text', message: '「{{」と「}}」は使えません。文章をそのまま入力してください。' });
  if (draft.phoneNumbers !== null && draft.phoneNumbers.length === 0)
    problems.push({ path: 'phoneNumbers', message: '流す電話番号を、一つ以上選んでください。' });
  if (draft.phoneNumbers?.some((number) => !phoneNumbers.includes(number)))
    problems.push({ path: 'phoneNumbers', message: '削除された電話番号があります。選び直してください。' });
  if (problems.length > 0) return { ok: false, problems };
  // Without an end of its own, two that are on at once would be read as one sentence, of which no sound lies ready.
  return { ok: true, draft: { ...draft, name, text: /[。！？!?]$/.test(text) ? text : `${text}。` } };
}
