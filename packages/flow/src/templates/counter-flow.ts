import { type BundleDraft, BundleDraftSchema, LANGUAGE_VERSION } from '../draft.ts';

/** What a city fills into a template. */
export type TemplateParameters = {
  readonly bundleId: string;
  /** '見本市' */
  readonly cityName: string;
  readonly calendarId: string;
  /** Staff telephone to which the group's calls are transferred. */
  readonly staffNumber: string;
};

/** One subject of a counter: told by announcement, and in full by SMS. */
export type Topic = {
  /** Four at the most: with the way to staff they are as many as a caller keeps in mind. */
  readonly key: '1' | '2' | '3' | '4';
  readonly label: string;
  readonly words: readonly string[];
  readonly announcement: string;
  readonly smsText: string;
};

export type Counter = {
  readonly flowId: string;
  readonly name: string;
  readonly groupName: string;
  readonly greeting: string;
  readonly topics: readonly Topic[];
  readonly closedSmsText: string;
  /** Way to staff: node id that key 9 leads to, where something is asked before the transfer. Default: the transfer itself. */
  readonly beforeStaff?: { readonly startNodeId: string; readonly nodes: Readonly<Record<string, object>> };
};

const text = (words: string) => ({ type: 'text', text: words });
const retry = (words: string) => ({ retries: 2, prompt: text(words) });
const mistakes = {
  wrongKey: retry('申し訳ございません。お選びいただいた番号のご案内はございません。'),
  noKey: { retries: 1, prompt: text('番号が押されませんでした。') },
};
/** Said in the first menu that a caller hears: what he chooses here holds for the whole call. */
const LISTEN_AGAIN =
  'もう一度お聞きになる方は、0を。ゆっくりした話し方でお聞きになる方は、8を押してください。';
const listening = { repeatKey: '0', slowerKey: '8' };

/**
 * The shape that the three templates share: greeting, opening hours, menu, announcement with SMS, transfer to staff with notice of
 * recording, message where nobody answers or it is closed. The specification's own flow (別紙) was not at hand: all of this is assumed.
 */
export function counterFlow(counter: Counter, parameters: TemplateParameters): BundleDraft {
  const staffEntry = counter.beforeStaff?.startNodeId ?? 'staff';
  const nodes = {
    greeting: {
      kind: 'announcement',
      title: '最初の挨拶',
      prompt: text(counter.greeting),
      next: { next: 'hours' },
    },
    hours: {
      kind: 'openingHours',
      title: '開庁時間の確認',
      calendarId: parameters.calendarId,
      next: { open: 'mainMenu', closed: 'closedMenu' },
    },
    mainMenu: {
      kind: 'menu',
      title: '用件の選択',
      prompt: text(
        `${counter.topics.map(({ key, label }) => `${label}については、${key}を。`).join('')}職員とお話しになりたい方は、9を。${LISTEN_AGAIN}`,
      ),
      choices: [
        ...counter.topics.map(({ key, label, words }) => ({ key, label, words })),
        { key: '9', label: '職員', words: ['職員', '担当者'] },
      ],
      ...listening,
      ...mistakes,
      next: {
        ...Object.fromEntries(counter.topics.map(({ key }) => [`key:${key}`, `topic${key}`])),
        'key:9': staffEntry,
        wrongKey: staffEntry,
        // Who presses nothing may have a dial telephone.
        noKey: staffEntry,
      },
    },
    ...Object.assign({}, ...counter.topics.map((topic) => topicNodes(topic, staffEntry))),
    ...counter.beforeStaff?.nodes,
    ...closingNodes(counter, parameters),
  };
  return BundleDraftSchema.parse({
    bundleId: parameters.bundleId,
    entryFlowId: counter.flowId,
    flows: {
      [counter.flowId]: {
        languageVersion: LANGUAGE_VERSION,
        id: counter.flowId,
        name: counter.name,
        startNodeId: 'greeting',
        nodes,
      },
    },
  });
}

function topicNodes(topic: Topic, staffEntry: string): Record<string, object> {
  const name = `topic${topic.key}`;
  return {
    [name]: {
      kind: 'announcement',
      title: `${topic.label}の案内`,
      prompt: text(topic.announcement),
      answersCaller: true,
      next: { next: `${name}Menu` },
    },
    [`${name}Menu`]: {
      kind: 'menu',
      title: `${topic.label}の案内の後`,
      prompt: text(
        '詳しいご案内を、携帯電話のショートメッセージでお受け取りになる方は、1を。職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
      ),
      choices: [
        { key: '1', label: 'SMSで受け取る', words: ['ショートメッセージ', 'メッセージ'] },
        { key: '9', label: '職員', words: ['職員', '担当者'] },
        { key: '0', label: 'もう一度聞く', words: ['もう一度'] },
      ],
      ...mistakes,
      next: {
        'key:1': `${name}Sms`,
        'key:9': staffEntry,
        'key:0': name,
        wrongKey: staffEntry,
        noKey: staffEntry,
      },
    },
    ...smsNodes(`${name}Sms`, topic.label, topic.smsText),
  };
}

/** To the caller's own mobile telephone; who calls from another is asked for a mobile number. */
function smsNodes(name: string, label: string, smsText: string): Record<string, object> {
  const afterwards = { accepted: 'smsSent', refused: 'smsFailed', unknown: 'smsUnknown' };
  return {
    [name]: {
      kind: 'sms',
      title: `${label}のSMS`,
      to: { type: 'caller' },
      text: smsText,
      next: { ...afterwards, notMobile: `${name}Number` },
    },
    [`${name}Number`]: {
      kind: 'digits',
      title: '携帯電話番号の入力',
      prompt: text('ショートメッセージをお送りする携帯電話の番号を、11桁で押してください。'),
      variable: '携帯電話番号',
      readAs: 'telephone',
      minLengthDigits: 11,
      maxLengthDigits: 11,
      readBack: {
        prompt: text('{{携帯電話番号}}ですね。よろしければ1を、入力し直す場合は2を押してください。'),
      },
      wrong: retry('番号を確認できませんでした。'),
      none: retry('番号が押されませんでした。'),
      next: { next: `${name}Keyed`, wrong: 'smsFailed', none: 'noAnswer' },
    },
    [`${name}Keyed`]: {
      kind: 'sms',
      title: `${label}のSMS（入力された番号へ）`,
      to: { type: 'variable', name: '携帯電話番号' },
      text: smsText,
      next: { ...afterwards, notMobile: 'smsFailed' },
    },
  };
}

function closingNodes(counter: Counter, parameters: TemplateParameters): Record<string, object> {
  const { cityName } = parameters;
  return {
    closedMenu: {
      kind: 'menu',
      title: '閉庁中の案内',
      prompt: text(
        `ただいまの時間は、受付を終了しております。開庁時間は、平日の午前8時45分から午後5時15分までです。窓口と手続きのご案内をショートメッセージでお受け取りになる方は、1を。ご用件を伝言として残される方は、2を。${LISTEN_AGAIN}`,
      ),
      choices: [
        { key: '1', label: 'SMSで受け取る', words: ['ショートメッセージ', 'メッセージ'] },
        { key: '2', label: '伝言', words: ['伝言'] },
      ],
      ...listening,
      ...mistakes,
      next: { 'key:1': 'closedSms', 'key:2': 'message', wrongKey: 'message', noKey: 'message' },
    },
    ...smsNodes('closedSms', '閉庁中', counter.closedSmsText),
    staff: {
      kind: 'transfer',
      title: `${counter.groupName}の職員`,
      to: parameters.staffNumber,
      ringTimeoutMs: 30_000,
      record: true,
      announcement: text(
        '担当の職員におつなぎします。応対の品質向上のため、この通話は録音させていただきます。そのままお待ちください。',
      ),
      givesRecordingNotice: true,
      next: { busy: 'staffBusy', unanswered: 'staffBusy', failed: 'staffBusy', ended: 'goodbye' },
    },
    staffBusy: {
      kind: 'announcement',
      title: '職員が出られない',
      prompt: text('申し訳ございません。ただいま、すべての職員がほかのお電話に応対しております。'),
      interruptible: false,
      next: { next: 'message' },
    },
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
    messageTaken: {
      kind: 'end',
      title: '伝言を預かった',
      farewell: text(
        '伝言をお預かりしました。開庁時間内に、職員が確認します。お電話ありがとうございました。',
      ),
    },
    smsSent: {
      kind: 'end',
      title: 'SMSを送った',
      farewell: text(
        `ショートメッセージをお送りしました。お電話ありがとうございました。${cityName}${counter.groupName}でした。`,
      ),
    },
    smsUnknown: {
      kind: 'end',
      title: 'SMSの結果が分からない',
      farewell: text(
        'ショートメッセージの送信を受け付けました。しばらくたっても届かない場合は、お手数ですが、もう一度お電話ください。お電話ありがとうございました。',
      ),
    },
    smsFailed: {
      kind: 'end',
      title: 'SMSを送れない',
      farewell: text(
        '申し訳ございません。ショートメッセージをお送りできませんでした。市のホームページをご覧いただくか、もう一度お電話ください。',
      ),
    },
    noAnswer: {
      kind: 'end',
      title: '操作がない',
      farewell: text(
        '操作が確認できませんでしたので、お電話を終わらせていただきます。お手数ですが、もう一度おかけ直しください。',
      ),
    },
    goodbye: {
      kind: 'end',
      title: '終わりの挨拶',
      farewell: text('お電話ありがとうございました。'),
    },
  };
}

/** What every SMS of a city ends with. */
export function smsFooter(cityName: string, groupName: string): string {
  return `\n\n【窓口】${cityName}役所 国民健康保険担当（${groupName}）\n【開庁時間】平日 午前8時45分～午後5時15分（土曜・日曜・祝日・12月29日～1月3日を除く）\nこのメッセージは、本日{{today}}のお電話でのご希望により、自動でお送りしています。このメッセージに返信されても、お答えすることはできません。市の職員が、メッセージで暗証番号や口座の情報をお尋ねしたり、ATMの操作をお願いしたりすることはありません。`;
}
