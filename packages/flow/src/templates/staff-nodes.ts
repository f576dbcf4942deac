import { end, menu, text } from './pieces.ts';

/** Times at which a caller may wish to be called. */
const TIMES = [
  { key: '1', label: '午前中' },
  { key: '2', label: '午後' },
  { key: '3', label: 'いつでもよい方' },
] as const;

type StaffPiece = {
  /** '資格給付担当の職員' */
  readonly title: string;
  readonly number: string;
  /** Said to staff who pick up; null: nothing. */
  readonly whisper?: string;
};

/**
 * The way to a person: node `staff`. Where nobody can be had, the caller chooses to be called back or to leave a message, and who presses
 * nothing is put through once more, then asked for a message. Needs `callBack` and `message` (`messageNodes`) and `goodbye`.
 */
export function staffNodes({ title, number, whisper }: StaffPiece) {
  const transfer = { kind: 'transfer', targets: [{ to: number, ringTimeoutMs: 30_000 }], record: true };
  const told = whisper === undefined ? {} : { whisper: text(whisper) };
  const without = (next: string) => ({ busy: next, unanswered: next, failed: next, ended: 'goodbye' });
  return {
    staff: {
      ...transfer,
      ...told,
      title,
      announcement: text(
        '担当の職員におつなぎします。応対の品質向上のため、この通話は録音させていただきます。そのままお待ちください。',
      ),
      givesRecordingNotice: true,
      next: without('staffBusy'),
    },
    staffBusy: menu({
      title: '職員が出られない',
      prompt:
        '申し訳ございません。ただいま、すべての職員がほかのお電話に応対しております。折り返しのお電話をご希望の方は、1を。伝言を残される方は、2を。もう一度お聞きになる方は、0を押してください。このままお待ちの方は、もう一度職員におつなぎします。',
      choices: [
        { key: '1', label: '折り返し', words: ['折り返し'], to: 'callBack' },
        { key: '2', label: '伝言', words: ['伝言'], to: 'message' },
      ],
      silent: 'staffAgain',
      silentRetries: 0,
    }),
    staffAgain: {
      ...transfer,
      ...told,
      title: `${title}（もう一度）`,
      announcement: text('もう一度、職員におつなぎします。そのままお待ちください。'),
      next: without('message'),
    },
  };
}

/** What a caller can have without staff: nodes `callBack` and `message`, and the ends that both lead to. */
export function messageNodes(thanks: string) {
  return {
    callBack: {
      kind: 'callBackRequest',
      title: '折り返しの依頼',
      times: TIMES,
      timePrompt: text(
        'お電話する時間のご希望を伺います。午前中をご希望の方は、1を。午後をご希望の方は、2を。いつでもよい方は、3を押してください。',
      ),
      next: { accepted: 'callBackTaken', wrong: 'message', none: 'message' },
    },
    callBackTaken: end('折り返しを受けた', `開庁時間内に、担当の職員からお電話します。${thanks}`),
    message: {
      kind: 'voicemail',
      title: '伝言',
      notice: text(
        'ご用件を伝言としてお預かりします。発信音の後に、お名前、お電話番号、ご用件をお話しください。お話は録音されます。終わりましたら、シャープを押してください。',
      ),
      maxDurationMs: 120_000,
      maxSilenceMs: 5_000,
      endKey: '#',
      next: { recorded: 'messageTaken', empty: 'goodbye' },
    },
    messageTaken: end('伝言を預かった', `伝言をお預かりしました。開庁時間内に、職員が確認します。${thanks}`),
  };
}
