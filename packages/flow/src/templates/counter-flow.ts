import type { FlowDraft } from '../draft.ts';
import { flowOf, type Nodes } from './flow-template.ts';
import { announcement, end, menu, smsEnds, smsNodes } from './pieces.ts';
import { messageNodes, staffNodes } from './staff-nodes.ts';

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
  /** '資格給付担当' */
  readonly groupName: string;
  readonly greeting: string;
  readonly topics: readonly Topic[];
  readonly staffNumber: string;
  readonly whisper?: string;
  /** Null: the same at any hour. */
  readonly hours: {
    readonly calendarId: string;
    /** Says that it is closed, and when it is not. */
    readonly closedWords: string;
    readonly closedSmsText: string;
  } | null;
  /** Way to staff: node id that key 9 leads to, where something is asked before the transfer. Default: the transfer itself. */
  readonly beforeStaff?: { readonly startNodeId: string; readonly nodes: Nodes };
};

const THANKS = 'お電話ありがとうございました。';

/**
 * The shape that most templates share: greeting, opening hours, menu, announcement with SMS, transfer to staff with notice of recording,
 * call-back or message where nobody answers or it is closed. The specification's own flow (別紙) was not at hand: all of this is assumed.
 */
export function counterFlow(counter: Counter): FlowDraft {
  const { topics, hours } = counter;
  const staffEntry = counter.beforeStaff?.startNodeId ?? 'staff';
  return flowOf(counter.flowId, counter.name, {
    greeting: announcement('最初の挨拶', counter.greeting, hours === null ? 'mainMenu' : 'hours'),
    ...(hours === null ? {} : hoursNodes(hours)),
    mainMenu: menu({
      title: '用件の選択',
      prompt: `${topics.map(({ key, label }) => `${label}については、${key}を。`).join('')}職員とお話しになりたい方は、9を。`,
      choices: [
        ...topics.map(({ key, label, words }) => ({ key, label, words, to: `topic${key}` })),
        { key: '9', label: '職員', words: ['職員', '担当者'], to: staffEntry },
      ],
      silent: staffEntry,
      isFirst: true,
    }),
    ...Object.assign({}, ...topics.map((topic) => topicNodes(topic, staffEntry))),
    ...counter.beforeStaff?.nodes,
    ...staffNodes({
      title: `${counter.groupName}の職員`,
      number: counter.staffNumber,
      ...(counter.whisper === undefined ? {} : { whisper: counter.whisper }),
    }),
    ...messageNodes(THANKS),
    ...smsEnds(THANKS),
    goodbye: end('終わりの挨拶', THANKS),
  });
}

function topicNodes(topic: Topic, staffEntry: string): Nodes {
  const id = `topic${topic.key}`;
  return {
    [id]: announcement(`${topic.label}の案内`, topic.announcement, `${id}Menu`, { answersCaller: true }),
    [`${id}Menu`]: menu({
      title: `${topic.label}の案内の後`,
      prompt:
        '詳しいご案内を、携帯電話のショートメッセージでお受け取りになる方は、1を。職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
      choices: [
        { key: '1', label: 'SMSで受け取る', words: ['ショートメッセージ', 'メッセージ'], to: `${id}Number` },
        { key: '9', label: '職員', words: ['職員', '担当者'], to: staffEntry },
        { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: id },
      ],
      silent: staffEntry,
    }),
    ...smsNodes(id, topic.label, topic.smsText),
  };
}

function hoursNodes({ calendarId, closedWords, closedSmsText }: NonNullable<Counter['hours']>): Nodes {
  return {
    hours: {
      kind: 'openingHours',
      title: '開庁時間の確認',
      calendarId,
      next: { open: 'mainMenu', closed: 'closedMenu' },
    },
    closedMenu: menu({
      title: '閉庁中の案内',
      prompt: `${closedWords}窓口と手続きのご案内をショートメッセージでお受け取りになる方は、1を。折り返しのお電話をご希望の方は、2を。ご用件を伝言として残される方は、3を。`,
      choices: [
        {
          key: '1',
          label: 'SMSで受け取る',
          words: ['ショートメッセージ', 'メッセージ'],
          to: 'closedNumber',
        },
        { key: '2', label: '折り返し', words: ['折り返し'], to: 'callBack' },
        { key: '3', label: '伝言', words: ['伝言'], to: 'message' },
      ],
      silent: 'message',
      isFirst: true,
    }),
    ...smsNodes('closed', '閉庁中の案内', closedSmsText),
  };
}

type Footer = { readonly counterPlace: string; readonly officeHours: string; readonly websiteUrl: string };

/** What every SMS of a counter ends with. */
export function smsFooter({ counterPlace, officeHours, websiteUrl }: Footer): string {
  return `\n\n【窓口】${counterPlace}\n【受付時間】${officeHours}\n【くわしいご案内】${websiteUrl}\nこのメッセージは、本日{{today}}のお電話でのご希望により、自動でお送りしています。返信されても、お答えすることはできません。市の職員が、メッセージで暗証番号や口座の情報をお尋ねしたり、ATMの操作をお願いしたりすることはありません。`;
}

/** Said where a call comes outside opening hours. */
export const closedWords = (officeHours: string): string =>
  `ただいまの時間は、受付を終了しております。受付の時間は、${officeHours}です。`;
