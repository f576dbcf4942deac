import { z } from 'zod';
import type { FlowDraft } from '../draft.ts';
import { flowOf, type Nodes } from './flow-template.ts';
import { cityFields, counterFields, words, writtenTelephone } from './parameters.ts';
import { announcement, end, smsEnds, smsNodes, text } from './pieces.ts';
import { messageNodes, staffNodes } from './staff-nodes.ts';

/** What the city fills in for a call that it places itself. */
export const PaymentCallFields = z.object({
  ...cityFields,
  departmentName: words(
    '担当の名前',
    '名乗るときに入ります。用件が分からない名前にしてください。',
    '保険年金課',
  ),
  calendarId: counterFields.calendarId,
  staffNumber: counterFields.staffNumber,
  contactNumber: writtenTelephone(
    '市民からかけていただく電話番号',
    'ご本人が出られないときと、ショートメッセージの案内に入ります。',
    '0725-00-2001',
  ),
  officeHours: counterFields.officeHours,
});
type Fields = z.output<typeof PaymentCallFields>;

/** What these calls take for granted. */
export const PAYMENT_CALL_ASSUMPTIONS: readonly string[] = [
  '市から電話をかけるためのフローです。発信する相手は、納付の記録から選ぶこととしています。',
  '宛名、納期限、金額は、はじめの「値の設定」で決まった言葉にしています。配信先ごとの値を入れられるようになったら、この三つのノードを削除し、値を配信先の一覧から入れてください。',
  '用件は、ご本人であることを確かめた後にだけ伝えます。ご家族や留守番電話には伝えません。',
  'ご本人かどうかは、押していただいたキーで確かめます。本人確認書類の代わりにはなりません。',
  '何も押されないときは、留守番電話のことがあるため、職員につながず、名乗って終わります。',
  '納付書は、金融機関、コンビニエンスストア、スマートフォンの決済アプリで使えることとしています。',
  'ショートメッセージは、電話をかけた先が携帯電話なら、その番号に送ります。',
];

export type Insurance = {
  /** '後期高齢者医療保険料' */
  readonly premium: string;
  /** For ids. */
  readonly id: 'kouki' | 'kaigo';
};

export const INSURANCES: readonly Insurance[] = [
  { premium: '後期高齢者医療保険料', id: 'kouki' },
  { premium: '介護保険料', id: 'kaigo' },
];

export type PaymentCall = {
  readonly flowId: string;
  readonly name: string;
  /** The nodes from `matter` on: said to the person meant only. They may lead to `hours`, `smsNumber`, `methods` and `goodbye`. */
  readonly matterNodes: Nodes;
  readonly smsText: string;
};

const THANKS = 'お忙しいところ、ありがとうございました。失礼いたします。';

/**
 * A call that the city places: it says who calls, asks whether it is the person meant, and gives the matter only after that. Whoever
 * presses nothing there is told no more than who called: it may be an answering machine, which must not be put through to staff either.
 * That is why the question is not a menu, from which a silent caller is owed a person.
 */
export function paymentCallFlow(call: PaymentCall, fields: Fields): FlowDraft {
  const { cityName, departmentName, contactNumber, calendarId, staffNumber } = fields;
  const caller = `${cityName}、${departmentName}`;
  return flowOf(call.flowId, call.name, {
    ...recipientNodes(),
    greeting: announcement(
      '名乗り',
      `こちらは、${caller}です。自動音声で、大切なお知らせをお伝えしています。`,
      'whoAnswers',
    ),
    whoAnswers: {
      kind: 'digits',
      title: 'ご本人かどうかの確認',
      prompt: text(
        '{{宛名}}の方は、1を。ご家族など、ほかの方は、2を。番号違いの方は、3を。職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。',
      ),
      variable: '応答した方',
      minLengthDigits: 1,
      maxLengthDigits: 1,
      wrong: { retries: 2, prompt: text('申し訳ございません。もう一度おたずねします。') },
      none: { retries: 1, prompt: text('番号が押されませんでした。') },
      next: { next: 'whoAnswered', wrong: 'callAgain', none: 'callAgain' },
    },
    whoAnswered: {
      kind: 'variableCondition',
      title: '応答した方',
      variable: '応答した方',
      cases: WHO.map(({ id, label, key }) => ({ id, label, test: { op: 'equals', value: key } })),
      next: { ...Object.fromEntries(WHO.map(({ id, to }) => [id, to])), else: 'notOffered' },
    },
    notOffered: announcement(
      '押し間違い',
      '申し訳ございません。お選びいただいた番号のご案内はございません。',
      'whoAnswers',
    ),
    familyTold: end(
      'ご家族などへの案内',
      `ご本人に、${caller}からお知らせがございます。お手数ですが、ご本人から、電話${contactNumber}まで、お電話くださるようお伝えください。${THANKS}`,
    ),
    wrongNumber: end(
      '番号違い',
      '大変失礼いたしました。今後おかけすることのないように、番号を確認いたします。ご迷惑をおかけしました。失礼いたします。',
    ),
    callAgain: end(
      '応答がない',
      `${caller}からのお電話でした。お手数ですが、電話${contactNumber}まで、お電話ください。失礼いたします。`,
    ),
    ...call.matterNodes,
    ...smsNodes('sms', '納付のご案内', call.smsText),
    hours: {
      kind: 'openingHours',
      title: '開庁時間の確認',
      calendarId,
      next: { open: 'staff', closed: 'closed' },
    },
    closed: announcement('閉庁中', 'ただいまの時間は、職員がおりません。', 'callBack', {
      interruptible: false,
    }),
    ...staffNodes({
      title: `${departmentName}の職員`,
      number: staffNumber,
      whisper: `市からの電話に応答した方です。用件は、${call.name}です。`,
    }),
    ...messageNodes(THANKS),
    ...smsEnds(THANKS),
    goodbye: end('終わりの挨拶', THANKS),
  });
}

const WHO = [
  { id: 'self', label: 'ご本人', key: '1', to: 'matter' },
  { id: 'family', label: 'ご家族など', key: '2', to: 'familyTold' },
  { id: 'wrongNumber', label: '番号違い', key: '3', to: 'wrongNumber' },
  { id: 'staff', label: '職員', key: '9', to: 'hours' },
  { id: 'again', label: 'もう一度聞く', key: '0', to: 'greeting' },
] as const;

/** What will come with each recipient; until then words that are true of everyone. */
function recipientNodes(): Nodes {
  const value = (variable: string, content: string, next: string) => ({
    kind: 'setVariable',
    title: `${variable}（配信先の値に置きかえる）`,
    variable,
    value: content,
    next: { next },
  });
  return {
    addressee: value('宛名', 'お知らせの宛名のご本人', 'dueDate'),
    dueDate: value('納期限', 'お手元の納付書に書かれている日', 'amount'),
    amount: value('金額', 'お手元の納付書に書かれている金額', 'greeting'),
  };
}

/** How to pay, for the text message. */
export function paymentSms(premium: string, begin: string, fields: Fields): string {
  return `【${fields.cityName} ${fields.departmentName}】\n${begin}\n\n■納付の方法\n納付書により、金融機関、コンビニエンスストア、スマートフォンの決済アプリで納められます。納付書をなくされた方には、お送りし直します。\n■口座振替\n${premium}の口座振替を申し込まれますと、次の納期から、納め忘れがなくなります。\n■納付が難しいとき\n分けて納めることや、減免を受けられることがあります。お早めにご相談ください。\n\n【お問い合わせ】${fields.departmentName} ${fields.contactNumber}（${fields.officeHours}）\n【くわしいご案内】${fields.websiteUrl}\n市の職員が、メッセージや電話で暗証番号や口座の情報をお尋ねしたり、ATMの操作をお願いしたりすることはありません。`;
}

/** How to pay, by voice. Leads back to the menu of the matter. `besides`: what is to be minded. */
export function methodsNode(besides = ''): Nodes {
  return {
    methods: announcement(
      '納付の方法の案内',
      `納付の方法についてご案内します。お送りした納付書をお持ちになり、金融機関か、コンビニエンスストアで納めてください。スマートフォンの決済アプリもご利用になれます。${besides}口座振替を申し込まれますと、納め忘れがなく安心です。この電話で、暗証番号をおたずねしたり、ATMの操作をお願いしたりすることはありません。`,
      'matterMenu',
    ),
  };
}
