import type { CallContext, CallEvent, Prompt, TransferFailure } from '@madoguchi/flow';
import { showCaller, showNumber } from './show-number.ts';

/** What a sentence may need to know beside the event itself. */
export type Surroundings = {
  /** Staff's name of the called number. */
  readonly phoneNumberName: string | null;
  /** What is keyed in at this node is nobody's business. */
  readonly secret: boolean;
  /** Staff's words for the branches that the event took. */
  readonly branchLabels: readonly string[];
  /** The call had gone on to another node when the announcement came to its end. */
  readonly cutShort: boolean;
  /** What the caller left with us by it: an answer, a request to be called back. */
  readonly left: readonly string[];
  /** Number of the staff telephone that took the call, null where it cannot be told. */
  readonly takenBy: string | null;
};

const TRANSFER_FAILURES: Readonly<Record<TransferFailure, string>> = {
  busy: '話し中でした',
  unanswered: '応答がありませんでした',
  refused: '着信が拒否されました',
  unreachable: 'つながりませんでした',
  noLine: '空いている回線がありませんでした',
  notDialable: 'かけることのできない番号でした',
  unknown: 'つながらなかった理由は分かりません',
};

const REFUSALS: Readonly<Record<NonNullable<CallContext['refusal']>, string>> = {
  linesFull: 'が、空いている回線がないため、話し中としてお断りしました',
  loop: 'が、このシステムからの転送が戻ってきたものなので、話し中としてお断りしました',
};

const VOICEMAIL_ENDS: Readonly<Record<Extract<CallEvent, { type: 'voicemailRecorded' }>['endedBy'], string>> =
  {
    key: '終了キー',
    silence: '無音',
    limit: '録音時間の上限',
    hangUp: '発信者の切断',
    fault: '機器の不具合',
  };

/** What became of a call before its flow had any part in it. */
function wordWay({ isTest, forwardedTo, opening }: CallContext): string {
  const facts = [
    ...(isTest === undefined ? [] : ['試験発信者からの電話です']),
    ...(forwardedTo === undefined ? [] : [`停止中のため、応答せずに${showNumber(forwardedTo)}へ転送します`]),
    ...(opening === undefined
      ? []
      : [
          `はじめに緊急アナウンス${opening.prompts.map((prompt) => `「${wordPrompt(prompt)}」`).join('')}を流し、${
            opening.afterwards === 'goOn' ? 'フローへ進みます' : '通話を終えます'
          }`,
        ]),
  ];
  return facts.length === 0 ? '' : `（${facts.join('。')}）`;
}

function wordPrompt(prompt: Prompt): string {
  return prompt.type === 'text' ? prompt.text : prompt.transcript;
}

/** An event whose content is nobody's business, by its type. */
export function wordSealed(type: string): string {
  return type === 'heard'
    ? '発話がありました（内容は表示しません）'
    : '「●」が押されました（内容は表示しません）';
}

/** One event of a call as a Japanese sentence for the call's story. */
export function wordEvent(
  event: CallEvent,
  { phoneNumberName, secret, branchLabels, cutShort, left, takenBy }: Surroundings,
): string {
  const onward =
    branchLabels.length === 0 ? [] : [`${branchLabels.map((label) => `「${label}」`).join('')}へ進む`];
  const results = [...left, ...onward];
  const chosen = results.length === 0 ? '' : `（${results.join('、')}）`;
  switch (event.type) {
    case 'began': {
      const { callerNumber, callerKind, phoneNumber, refusal, placed } = event.context;
      const called = `${showNumber(phoneNumber)}${phoneNumberName === null ? '' : `「${phoneNumberName}」`}`;
      if (placed !== undefined && placed.isCallBack !== true)
        return `${called}から${showCaller(callerNumber, callerKind)}に電話をかけ、相手が応答しました`;
      const came = `${showCaller(callerNumber, callerKind)}から${called}に着信しました`;
      return `${came}${refusal === undefined ? wordWay(event.context) : REFUSALS[refusal]}`;
    }
    case 'answered':
      return '自動応答を開始しました';
    case 'announced':
      return cutShort ? '前の場所のアナウンスを途中で止めました' : 'アナウンスが終わりました';
    case 'keyPressed':
      return secret ? wordSealed(event.type) : `「${event.key}」が押されました${chosen}`;
    case 'heard':
      return secret ? wordSealed(event.type) : `「${event.text}」と話されました${chosen}`;
    case 'timePassed':
      return `待ち時間が過ぎました${chosen}`;
    case 'calendarSaid':
      return `${event.open ? '開庁時間内' : '開庁時間外'}と判定しました（${event.reason}）`;
    case 'listSaid':
      return event.contains ? '発信元番号は番号一覧に載っています' : '発信元番号は番号一覧に載っていません';
    case 'identitySaid':
      return `${event.matches ? 'ご本人であることを確認しました' : 'ご本人であることを確認できませんでした'}${chosen}`;
    case 'smsAccepted':
      return 'SMSを送信しました';
    case 'smsRefused':
      return 'SMSを送信できませんでした';
    case 'smsUnknown':
      return 'SMSが送信できたかどうか確認できませんでした';
    case 'transferRinging':
      return '転送先を呼び出しています';
    case 'transferAnswered':
      return takenBy === null ? '転送先が応答しました' : `転送先（${takenBy}）が応答しました`;
    case 'transferFailed':
      return `転送できませんでした（${TRANSFER_FAILURES[event.reason]}）`;
    case 'transferEnded':
      return event.by === 'caller'
        ? '発信者が電話を切り、転送が終わりました'
        : '転送先が電話を切り、転送が終わりました';
    case 'voicemailRecorded':
      return `伝言を${Math.round(event.durationMs / 1000)}秒録音しました（${VOICEMAIL_ENDS[event.endedBy]}で終了）`;
    case 'actionFailed':
      return '予定した動作を実行できませんでした';
    case 'callerHungUp':
      return '発信者が電話を切りました';
    case 'hungUp':
      return 'システムが通話を終了しました';
    case 'callLost':
      return '通話の終わりを確認できませんでした';
    case 'resumed':
      return 'システムが再開し、通話を引き継ぎました';
  }
}
