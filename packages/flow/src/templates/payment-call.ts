import { z } from 'zod';
import type { FlowDraft } from '../draft.ts';
import type { RecipientValue } from '../recipient-values.ts';
import { flowOf, type Nodes } from './flow-template.ts';
import { cityFields, counterFields, words, writtenTelephone } from './parameters.ts';
import { announcement, end, result, smsEnds, smsNodes, text } from './pieces.ts';
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
  '宛名（フリガナ）、納期限、金額は、配信先の一覧から入ります。一覧に生年月日のない方は、本人確認ができません。',
  '宛名と用件は、お誕生日の月と日でご本人であることを確かめた後にだけ伝えます。ご家族や留守番電話には伝えません。',
  'お誕生日による確認は、本人確認書類の代わりにはなりません。',
  '何も押されないときは、留守番電話のことがあるため、職員につながず、名乗って終わります。',
  '納付書は、金融機関、コンビニエンスストア、スマートフォンの決済アプリで使えることとしています。',
  'ショートメッセージは、電話をかけた先が携帯電話なら、その番号に送ります。ほかの方が見ることもあるため、宛名、保険料の名前、納期限、金額は入れていません。',
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
  /** The nodes from `matter` on: said to the person meant only. `matter` leads to `informed`, which
   * goes on to `matterMenu`. They may lead to `wantsStaff`, `smsNumber`, `methods` and `goodbye`. */
  readonly matterNodes: Nodes;
};

const THANKS = 'お忙しいところ、ありがとうございました。失礼いたします。';

/** What comes with each recipient. */
export const PAYMENT_RECIPIENT_VALUES: RecipientValue[] = [
  { name: '宛名', readAs: 'text', isPersonal: true, example: 'ミホン タロウ' },
  { name: '納期限', readAs: 'date', isPersonal: true, example: '2026-06-30' },
  { name: '金額', readAs: 'amount', isPersonal: true, example: '12000' },
];

/** Told with the matter itself, so that nobody takes the call for a fraud and nobody who has paid is hurt. */
export const REASSURANCE =
  '行き違いで納められた場合は、ご容赦ください。この電話で、ATMの操作をお願いしたり、口座番号をお聞きしたりすることはありません。';

/**
 * A call that the city places: it says who calls, asks whether it is the person meant and by his birthday whether that is true, and gives
 * name and matter only after that. Whoever presses nothing is told no more than who called: it may be an answering machine, which must not
 * be put through to staff either. That is why the first question is not a menu, from which a silent caller is owed a person.
 */
export function paymentCallFlow(call: PaymentCall, fields: Fields): FlowDraft {
  const { calendarId, staffNumber, departmentName } = fields;
  const nodes = {
    ...whoAnswersNodes(fields),
    informed: result('informed', 'matterMenu', '案内を聞いた'),
    wantsStaff: result('consultation', 'hours', '相談希望'),
    ...call.matterNodes,
    ...smsNodes('sms', '納付のご案内', paymentSms(fields)),
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
  };
  return flowOf(call.flowId, call.name, nodes, { recipientValues: PAYMENT_RECIPIENT_VALUES });
}

const WHO = [
  { id: 'self', label: 'ご本人', key: '1', to: 'identity' },
  { id: 'family', label: 'ご本人が不在', key: '2', to: 'absent' },
  { id: 'wrongNumber', label: '番号違い', key: '3', to: 'wrongNumber' },
  { id: 'staff', label: '職員', key: '9', to: 'wantsStaff' },
  { id: 'again', label: 'もう一度聞く', key: '0', to: 'greeting' },
] as const;

/** Up to `matter`: what anybody may hear. */
function whoAnswersNodes({ cityName, departmentName, contactNumber }: Fields): Nodes {
  const caller = `${cityName}、${departmentName}`;
  return {
    greeting: announcement(
      '名乗り',
      `こちらは、${caller}です。自動音声で、大切なお知らせをお伝えしています。`,
      'whoAnswers',
    ),
    whoAnswers: {
      kind: 'digits',
      title: '応答した方の確認',
      prompt: text(
        'この電話番号を市にお届けのご本人の方は、1を。ご本人がお留守のときは、2を。番号違いの方、お心当たりのない方は、3を。職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。',
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
    identity: {
      kind: 'identityCheck',
      title: 'ご本人の確認',
      next: { matched: 'matter', failed: 'notIdentified', none: 'callAgain' },
    },
    notIdentified: result('notIdentified', 'notIdentifiedTold', '本人確認できず'),
    notIdentifiedTold: end('本人確認できずの挨拶', notIdentifiedWords(caller, contactNumber)),
    absent: result('absent', 'absentTold', '本人不在'),
    absentTold: end(
      'ご家族などへの案内',
      `ご本人に、${caller}からお知らせがございます。お手数ですが、ご本人から、電話${contactNumber}まで、お電話くださるようお伝えください。${THANKS}`,
    ),
    wrongNumber: result('wrongNumber', 'wrongNumberTold', '番号違い'),
    wrongNumberTold: end(
      '番号違いのお詫び',
      '大変失礼いたしました。今後おかけすることのないように、番号を確認いたします。ご迷惑をおかけしました。失礼いたします。',
    ),
    callAgain: end(
      '応答がない',
      `${caller}からのお電話でした。お手数ですが、電話${contactNumber}まで、お電話ください。失礼いたします。`,
    ),
  };
}

export function notIdentifiedWords(caller: string, contactNumber: string): string {
  return `申し訳ございません。ご本人の確認ができませんでした。お手数ですが、${caller}、電話${contactNumber}まで、お電話ください。失礼いたします。`;
}

/** How to pay, for the text message: others may read it, so it names neither the premium nor anything of the person. */
function paymentSms(fields: Fields): string {
  return `【${fields.cityName} ${fields.departmentName}】\nお電話でお知らせした件のご案内です。行き違いで納められた場合は、ご容赦ください。\n\n■納付の方法\n納付書により、金融機関、コンビニエンスストア、スマートフォンの決済アプリで納められます。納付書をなくされた方には、お送りし直します。\n■口座振替\n口座振替を申し込まれますと、次の納期から、納め忘れがなくなります。\n■納付が難しいとき\n分けて納めることや、減免を受けられることがあります。お早めにご相談ください。\n\n【お問い合わせ】${fields.departmentName} ${fields.contactNumber}（${fields.officeHours}）\n【くわしいご案内】${fields.websiteUrl}\n市の職員が、メッセージや電話で暗証番号や口座の情報をお尋ねしたり、ATMの操作をお願いしたりすることはありません。`;
}

/** How to pay, by voice. Leads back to the menu of the matter. `besides`: what is to be minded. */
export function methodsNode(besides = ''): Nodes {
  return {
    methods: announcement(
      '納付の方法の案内',
      `納付の方法についてご案内します。お送りした納付書をお持ちになり、金融機関か、コンビニエンスストアで納めてください。スマートフォンの決済アプリもご利用になれます。${besides}口座振替を申し込まれますと、納め忘れがなく安心です。`,
      'matterMenu',
    ),
  };
}
