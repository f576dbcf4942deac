import {
  type CallerKind,
  CONTACT_RESULT_WORDS,
  type SayPart,
  type TransferOutcome,
  type TrialSetting,
  type TrialStep,
} from '@madoguchi/flow';
import type { IconName } from '../../design/icon.tsx';
import { dayShown, momentShown } from '../../words/japanese-time.ts';
import { numberShown } from '../../words/number-shown.ts';
import { OUTCOMES } from '../../words/outcome.ts';

/** Who may call in a trial, each with a number that nobody has. */
export const CALLERS: readonly {
  readonly id: CallerKind;
  readonly word: string;
  readonly number: string | null;
}[] = [
  { id: 'mobile', word: '携帯電話', number: '09000001234' },
  { id: 'landline', word: '固定電話', number: '0265001234' },
  { id: 'withheld', word: '非通知', number: null },
  { id: 'payphone', word: '公衆電話', number: null },
  { id: 'ipPhone', word: 'IP電話（050）', number: '05000001234' },
  { id: 'unavailable', word: '表示圏外（国際電話など）', number: null },
];

export const TRANSFER_OUTCOMES: readonly { readonly id: TransferOutcome; readonly word: string }[] = [
  { id: 'answered', word: '職員が出る' },
  { id: 'busy', word: '話し中' },
  { id: 'unanswered', word: '出ない' },
  { id: 'unreachable', word: 'つながらない' },
  { id: 'busyThenAnswered', word: '初めは話し中、次は出る' },
];

export const SMS_OUTCOMES: readonly { readonly id: TrialSetting['sms']; readonly word: string }[] = [
  { id: 'accepted', word: '送信できる' },
  { id: 'refused', word: '送信できない' },
  { id: 'unknown', word: '結果がわからない' },
];

export const RECORDING_OUTCOMES: readonly {
  readonly id: TrialSetting['recording'];
  readonly word: string;
}[] = [
  { id: 'works', word: '録音できる' },
  { id: 'fails', word: '録音できない（障害）' },
];

export const IDENTITY_OUTCOMES: readonly { readonly id: TrialSetting['identity']; readonly word: string }[] =
  [
    { id: 'matches', word: '合う' },
    { id: 'differs', word: '合わない' },
  ];

/** '11/26(木) 10:00、携帯電話から'; `isPlaced`: the city calls ('携帯電話へ'). */
export function settingInWords({ at, caller }: TrialSetting, isPlaced: boolean): string {
  const word = CALLERS.find(({ id }) => id === caller.kind)?.word ?? 'その他';
  return `${momentShown(at)}、${word}${isPlaced ? 'へ' : 'から'}`;
}

/** What is heard, as text; values as they are read, a sound without words by its name. */
export function wordsOfParts(parts: readonly SayPart[]): string {
  return parts.map((part) => (part.type === 'audio' ? '（登録した音声）' : part.text)).join('');
}

const RING_FAILURES = {
  busy: '話し中でした',
  unanswered: '出ませんでした',
  refused: '断られました',
  unreachable: 'つながりませんでした',
  noLine: '空いている回線がありませんでした',
  notDialable: 'かけられない番号でした',
  unknown: 'つながりませんでした',
} as const;
const SMS_RESULTS = {
  accepted: 'SMSの送信が受け付けられました',
  refused: 'SMSを送信できませんでした',
  unknown: 'SMSの送信結果がわかりませんでした',
} as const;

export type StepShown = { readonly icon: IconName; readonly text: string };

/** One line of the conversation; null for what is drawn in another way. */
export function stepShown(step: TrialStep): StepShown | null {
  switch (step.type) {
    case 'said':
      return null;
    case 'pressed':
      return { icon: 'keypad', text: `「${step.key}」を押しました${PRESS_EFFECTS[step.effect]}` };
    case 'spoke': {
      const effect = step.effect === 'ignored' ? '（ここでは言葉を聞き取りません）' : '';
      return { icon: 'voice', text: `「${step.text}」と話しました${effect}` };
    }
    case 'silent':
      return { icon: 'wait', text: '何もせずに待ちました' };
    case 'branch':
      return { icon: 'chevronRight', text: `「${step.title}」→ ${step.label}` };
    case 'calendar':
      return { icon: 'calendar', text: `${step.open ? '開庁中' : '閉庁中'}です（${step.reason}）` };
    case 'calendarMissing':
      return { icon: 'calendar', text: '開庁時間の設定が見つからないため、閉庁中として進みます' };
    case 'list':
      return { icon: 'list', text: `番号一覧に${step.contains ? '載っています' : '載っていません'}` };
    case 'sms':
      return { icon: 'message', text: `${numberShown(step.to)} へSMSを送ります：${step.text}` };
    case 'smsResult':
      return { icon: 'message', text: SMS_RESULTS[step.result] };
    case 'ringing': {
      const whisper = step.whisper.length === 0 ? '' : `（職員への案内：${wordsOfParts(step.whisper)}）`;
      return { icon: 'transfer', text: `${step.to.map(numberShown).join('、')} に転送しています${whisper}` };
    }
    case 'answeredBy':
      return { icon: 'talk', text: `${numberShown(step.to)} の職員が出ました` };
    case 'notReached':
      return { icon: 'transfer', text: RING_FAILURES[step.reason] };
    case 'talkEnded':
      return { icon: 'hangUp', text: step.by === 'staff' ? '職員が電話を切りました' : '通話が終わりました' };
    case 'recording':
      return { icon: 'microphone', text: '録音が始まりました' };
    case 'recorded':
      return step.durationMs < 1_000
        ? { icon: 'microphone', text: '何も録音されませんでした' }
        : { icon: 'microphone', text: `${Math.round(step.durationMs / 1000)}秒の伝言が録音されました` };
    case 'recordingFailed':
      return { icon: 'alert', text: '録音できませんでした' };
    case 'callBack': {
      const time = step.wishedTime === null ? '' : `（希望：${step.wishedTime}）`;
      return { icon: 'phoneIn', text: `${numberShown(step.number)} への折り返しを受け付けました${time}` };
    }
    case 'answer':
      return { icon: 'note', text: `アンケートの回答：${step.label ?? step.key ?? '無回答'}` };
    case 'identity':
      return {
        icon: step.matches ? 'check' : 'cross',
        text: step.matches ? 'ご本人のお誕生日と合いました' : 'ご本人のお誕生日と合いませんでした',
      };
    case 'result': {
      const day = step.promisedOn === null ? '' : `（${dayShown(step.promisedOn)}まで）`;
      return { icon: 'flag', text: `結果を残しました：${CONTACT_RESULT_WORDS[step.result]}${day}` };
    }
    case 'hungUp':
      return {
        icon: 'hangUp',
        text: step.by === 'caller' ? '電話を切りました' : '自動応答が電話を切りました',
      };
    case 'ended':
      return {
        icon: step.outcome === 'error' ? 'alert' : 'check',
        text:
          step.outcome === 'error'
            ? `「${step.place?.title ?? ''}」から先につながっていないため、通話が終わりました`
            : `通話の結果：${OUTCOMES[step.outcome].word}`,
      };
  }
}

const PRESS_EFFECTS = {
  taken: '',
  keptForLater: '（次の質問への答えになります）',
  ignored: '（いまはキーが効きません）',
} as const;
