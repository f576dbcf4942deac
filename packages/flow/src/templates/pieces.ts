import type { ContactResult } from '../contact-result.ts';
import type { Key } from '../event.ts';
import type { PromisedDay } from '../nodes/record-result.ts';
import type { Prompt } from '../prompt.ts';

/** Nodes as the templates write them: whoever edits one finds the same words and manners in all others. */
export const text = (words: string): Prompt => ({ type: 'text', text: words });

const retry = (retries: number, words: string) => ({ retries, prompt: text(words) });

/** Said in the first menu that a caller hears: what he chooses here holds for the whole call. */
const LISTEN_AGAIN =
  'もう一度お聞きになる方は、0を。ゆっくりした話し方でお聞きになる方は、8を押してください。';

export type Choice = {
  readonly key: Key;
  readonly label: string;
  readonly words?: readonly string[];
  readonly to: string;
};

type MenuPiece = {
  readonly title: string;
  /** Ends before the keys to hear it again, which are added here where it `isFirst`. */
  readonly prompt: string;
  readonly choices: readonly Choice[];
  /** Where a caller goes who presses nothing: he may have a dial telephone. Wrong keys lead there too. */
  readonly silent: string;
  readonly isFirst?: boolean;
  /** For menus whose silence means something. Default: asked once more. */
  readonly silentRetries?: number;
};

export function menu({ title, prompt, choices, silent, isFirst = false, silentRetries = 1 }: MenuPiece) {
  return {
    kind: 'menu',
    title,
    prompt: text(isFirst ? `${prompt}${LISTEN_AGAIN}` : prompt),
    choices: choices.map(({ key, label, words = [] }) => ({ key, label, words })),
    ...(isFirst ? { repeatKey: '0', slowerKey: '8' } : {}),
    wrongKey: retry(2, '申し訳ございません。お選びいただいた番号のご案内はございません。'),
    noKey: retry(silentRetries, '番号が押されませんでした。'),
    next: {
      ...Object.fromEntries(choices.map(({ key, to }) => [`key:${key}`, to])),
      wrongKey: silent,
      noKey: silent,
    },
  };
}

export function announcement(title: string, words: string, next: string, settings: object = {}) {
  return { kind: 'announcement', title, prompt: text(words), ...settings, next: { next } };
}

/** What came of the talk, before what is said of it: who hangs up at that is counted all the same. */
export function result(which: ContactResult, to: string, title: string, promised: PromisedDay | null = null) {
  return { kind: 'recordResult', title, result: which, promised, next: { next: to } };
}

export function end(title: string, farewell: string) {
  return { kind: 'end', title, farewell: text(farewell) };
}

/** To the caller's own mobile telephone; who calls from another is asked for the number of one. */
export function smsNodes(id: string, label: string, words: string) {
  return {
    [`${id}Number`]: {
      kind: 'askMobileNumber',
      title: `${label}の送り先`,
      next: { next: `${id}Sms`, wrong: 'smsFailed', none: 'noAnswer' },
    },
    [`${id}Sms`]: {
      kind: 'sms',
      title: `${label}のSMS`,
      to: { type: 'variable', name: 'mobileNumber' },
      text: words,
      next: { accepted: 'smsSent', notMobile: 'smsFailed', refused: 'smsFailed', unknown: 'smsUnknown' },
    },
  };
}

/** The ends to which `smsNodes` leads. */
export function smsEnds(thanks: string) {
  return {
    smsSent: end('SMSを送った', `ショートメッセージをお送りしました。${thanks}`),
    smsUnknown: end(
      'SMSの結果が分からない',
      `ショートメッセージの送信を受け付けました。しばらくたっても届かない場合は、お手数ですが、お電話ください。${thanks}`,
    ),
    smsFailed: end(
      'SMSを送れない',
      `申し訳ございません。ショートメッセージをお送りできませんでした。市のホームページをご覧いただくか、お電話ください。${thanks}`,
    ),
    noAnswer: end('操作がない', `操作が確認できませんでしたので、お電話を終わらせていただきます。${thanks}`),
  };
}
