import { defineTemplate, type FlowTemplate } from './flow-template.ts';
import {
  INSURANCES,
  type Insurance,
  methodsNode,
  PAYMENT_CALL_ASSUMPTIONS,
  PaymentCallFields,
  paymentCallFlow,
  REASSURANCE,
} from './payment-call.ts';
import { announcement, end, menu, result } from './pieces.ts';

const LATE_SLIPS =
  '納期限を過ぎた納付書は、コンビニエンスストアなどでは使えないことがあります。そのときは、金融機関の窓口で納めてください。';

/** 納付催告 (IN-2): placed after the due date, for each insurance. No 督促, which is a legal act and is done by letter. */
export const overdueTemplates: readonly FlowTemplate[] = INSURANCES.map(overdueTemplate);

function overdueTemplate({ premium, id }: Insurance): FlowTemplate {
  const name = `納付催告（${premium}）`;
  return defineTemplate({
    templateId: `overdue-${id}`,
    name,
    description: `市から電話をかけ、ご本人であることを確かめてから、${premium}の納付をお願いします。\nいつ納められるかをうかがい、納付が難しい方は、職員につなぐか、折り返しの依頼を受け付けます。`,
    assumptions: [
      ...PAYMENT_CALL_ASSUMPTIONS,
      '納付の催告であり、法律に基づく督促ではありません。督促は、別に督促状で行うこととしています。',
      '行き違いで納められた方がいるため、電話をかける前に、納付の記録を確かめることとしています。',
      '納付の予定の答えは、納付約束として、配信の結果に残ります。',
      '電話を希望されない方は、職員がお話をうかがいます。',
    ],
    parameters: PaymentCallFields,
    flows: (fields) => [
      paymentCallFlow(
        {
          flowId: `saikoku-${id}`,
          name,
          matterNodes: { ...matterNodes(premium), ...methodsNode(LATE_SLIPS) },
        },
        fields,
      ),
    ],
  });
}

function matterNodes(premium: string) {
  return {
    matter: announcement(
      '納付のお願い',
      `{{宛名}}様。${premium}の、納付のお願いです。納期限は、{{納期限|date}}、金額は、{{金額|amount}}です。この納付を、まだ確認できておりません。${REASSURANCE}`,
      'informed',
      { answersCaller: true },
    ),
    matterMenu: menu({
      title: '納付のお願いの後',
      prompt:
        'これから納められる方は、1を。すでに納められた方は、2を。納付の方法をお聞きになる方は、3を。納付書をなくされた方、納付が難しい方、この電話を希望されない方など、職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。',
      choices: [
        { key: '1', label: 'これから納める', words: ['これから', '納めます'], to: 'plan' },
        { key: '2', label: '納付済み', words: ['納めました', '払いました'], to: 'paid' },
        { key: '3', label: '納付の方法', words: ['納付の方法'], to: 'methods' },
        { key: '9', label: '職員', words: ['職員', '相談'], to: 'wantsStaff' },
        { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'matter' },
      ],
      silent: 'hours',
    }),
    plan: menu({
      title: '納付の予定',
      prompt:
        '納付のご予定をうかがいます。1週間のうちに納められる方は、1を。今月のうちに納められる方は、2を。来月より後になる方は、3を。納付が難しい方は、9を。もう一度お聞きになる方は、0を押してください。',
      choices: [
        { key: '1', label: '1週間のうち', words: ['1週間', '一週間'], to: 'promisedInWeek' },
        { key: '2', label: '今月のうち', words: ['今月'], to: 'promisedInMonth' },
        { key: '3', label: '来月より後', words: ['来月'], to: 'promisedLater' },
        { key: '9', label: '納付が難しい', words: ['難しい', '相談'], to: 'wantsStaff' },
      ],
      silent: 'hours',
    }),
    promisedInWeek: result('promised', 'planTaken', '納付約束（1週間のうち）', {
      type: 'withinDays',
      days: 7,
    }),
    promisedInMonth: result('promised', 'planTaken', '納付約束（今月のうち）', { type: 'endOfMonth' }),
    promisedLater: result('promised', 'planTaken', '納付約束（来月より後）'),
    planTaken: menu({
      title: '納付の予定の後',
      prompt:
        'お答えいただき、ありがとうございました。納付のご案内を、携帯電話のショートメッセージでお受け取りになる方は、1を。納付書をなくされた方、職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
      choices: [
        {
          key: '1',
          label: 'SMSで受け取る',
          words: ['ショートメッセージ', 'メッセージ'],
          to: 'smsNumber',
        },
        { key: '9', label: '職員', words: ['職員', '担当者'], to: 'hours' },
      ],
      silent: 'hours',
    }),
    paid: result('paid', 'paidTold', '納付済み'),
    paidTold: end(
      '納付済みの方への挨拶',
      '納めていただき、ありがとうございます。納付の確認には、日数がかかることがあります。行き違いがございましたら、ご容赦ください。お忙しいところ、失礼いたしました。',
    ),
  };
}
