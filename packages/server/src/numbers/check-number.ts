import { mayDial, nationalDigits } from '@madoguchi/flow';
import type { NumberDraft, NumberProblem, NumberState } from '../http/number-contract.ts';

/** A phone number's settings as they are stored. Numbers are national digits. */
export type NumberSettings = {
  readonly name: string;
  readonly opens_on: string | null;
  readonly forward_to: string | null;
  readonly fallback_number: string | null;
  readonly calendar_id: string | null;
  readonly presented: string | null;
  readonly max_calls: number | null;
  readonly when_full: 'busy' | 'announcement';
  readonly recording_enabled: boolean;
};

export type CheckedNumber =
  | { readonly ok: true; readonly settings: NumberSettings }
  | { readonly ok: false; readonly problems: readonly NumberProblem[] };

const LEADS_BACK =
  'この番号は、このシステムで受けている電話番号です。転送した電話がここへ戻ってきてしまいます。職員の電話など、ほかの番号を入力してください。';
const NOT_DIALABLE =
  'この番号へは転送できません。固定電話・携帯電話・050の番号を、市外局番から入力してください。';
const MOST_CALLS = 2000;

/** Makes settings of what was typed, or says what is wrong with it. */
export function checkNumber(
  draft: NumberDraft,
  surroundings: {
    readonly state: NumberState;
    /** Numbers that lead to this system. */
    readonly ownNumbers: ReadonlySet<string>;
    readonly calendarIds: readonly string[];
  },
): CheckedNumber {
  const { state, ownNumbers, calendarIds } = surroundings;
  const problems: NumberProblem[] = [];
  const object = (path: string, message: string) => {
    problems.push({ path, message });
    return null;
  };
  const name = draft.name.trim();
  if (name === '' || name.length > 60) object('name', '名前を、60文字以内で入力してください。');
  const reached = (path: 'forwardTo' | 'fallbackNumber'): string | null => {
    if (draft[path].trim() === '') return null;
    const digits = nationalDigits(draft[path]);
    if (digits !== null && ownNumbers.has(digits)) return object(path, LEADS_BACK);
    const isDialable = digits !== null && mayDial(digits, { tollFree: false }).allowed;
    return isDialable ? digits : object(path, NOT_DIALABLE);
  };
  const forwardTo = reached('forwardTo');
  if (state === 'stopped' && draft.forwardTo.trim() === '')
    object('forwardTo', '停止中の番号には、転送先が要ります。空にするには、先に状態を変えてください。');
  const presented = (): string | null => {
    if (draft.presented === 'trunk') return null;
    if (draft.presented !== 'number') return draft.presented;
    const digits = nationalDigits(draft.presentedNumber);
    if (digits !== null && ownNumbers.has(digits)) return digits;
    return object(
      'presentedNumber',
      '表示する番号は、このシステムで受けている電話番号から選んで入力してください。',
    );
  };
  const maxCalls = (): number | null => {
    const written = draft.maxCalls.normalize('NFKC').trim();
    if (written === '') return null;
    const count = /^\d{1,4}$/.test(written) ? Number(written) : 0;
    return count >= 1 && count <= MOST_CALLS
      ? count
      : object('maxCalls', `1から${MOST_CALLS}までの数字で入力してください。`);
  };
  if (draft.calendarId !== null && !calendarIds.includes(draft.calendarId))
    object('calendarId', 'このカレンダーは見つかりません。選び直してください。');
  const settings: NumberSettings = {
    name,
    opens_on: draft.opensOn,
    forward_to: forwardTo,
    fallback_number: reached('fallbackNumber'),
    calendar_id: draft.calendarId,
    presented: presented(),
    max_calls: maxCalls(),
    when_full: draft.whenFull,
    recording_enabled: draft.recordingEnabled,
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

/** Why a number cannot be put in a state, in words; null where it can. */
export function stateRefusal(
  number: { readonly forward_to: string | null; readonly bundle_id: string | null },
  state: NumberState,
): string | null {
  if (state === 'stopped' && number.forward_to === null)
    return '停止にするには、先に「停止中の転送先」を入力して保存してください。';
  if (state === 'live' && number.bundle_id === null)
    return '公開されたフローがないため、本番にできません。先にフローを公開してください。';
  return null;
}
