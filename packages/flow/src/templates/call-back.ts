import type { z } from 'zod';
import { defineTemplate, type FlowTemplate, flowOf, type Nodes } from './flow-template.ts';
import {
  notIdentifiedWords,
  PAYMENT_RECIPIENT_VALUES,
  PaymentCallFields,
  REASSURANCE,
} from './payment-call.ts';
import { announcement, end, menu, result } from './pieces.ts';
import { messageNodes, staffNodes } from './staff-nodes.ts';

type Fields = z.output<typeof PaymentCallFields>;

const THANKS = 'お電話ありがとうございました。失礼いたします。';

const ASSUMPTIONS: readonly string[] = [
  '市からの電話を受けて、折り返しておかけになった方のためのフローです。配信の「折り返しの電話」で選びます。',
  '宛名（フリガナ）、納期限、金額は、配信先の一覧から入ります。一覧に生年月日のない方は、本人確認ができません。',
  'おかけになった電話番号では、どなたかは分かりません。宛名と用件は、お誕生日でご本人であることを確かめた後にだけ伝えます。',
  'お誕生日による確認は、本人確認書類の代わりにはなりません。',
];

/** 折り返し (issue 5): what people hear in place of the scenario who call back, for campaigns that say so. */
export const callBackTemplates: readonly FlowTemplate[] = [
  defineTemplate({
    templateId: 'call-back-notice',
    name: '折り返しの案内',
    description:
      '市からの電話に折り返してかけた方に、ご本人であることを確かめてから、納期限と金額をお知らせします。\n職員とお話しになりたい方は、開庁時間内は職員につなぎ、閉庁中は折り返しの依頼か伝言を受け付けます。',
    assumptions: ASSUMPTIONS,
    parameters: PaymentCallFields,
    flows: (fields) => [
      callBackFlow(
        'orikaeshi-annai',
        '折り返しの案内',
        fields,
        { matched: 'matter', open: 'staff' },
        {
          ...matterNodes('matterMenu'),
          matterMenu: menu({
            title: 'お知らせの後',
            prompt:
              'すでに納められた方は、2を。納付が難しい方、納付書をなくされた方など、職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
            choices: [
              { key: '2', label: '納付済み', words: ['納めました', '払いました'], to: 'paid' },
              { key: '9', label: '職員', words: ['職員', '相談'], to: 'wantsStaff' },
              { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'matter' },
            ],
            silent: 'hours',
          }),
          paid: result('paid', 'paidTold', '納付済み'),
          paidTold: end(
            '納付済みの方への挨拶',
            '納めていただき、ありがとうございます。納付の確認には、日数がかかることがあります。失礼いたします。',
          ),
          wantsStaff: result('consultation', 'hours', '相談希望'),
          closed: announcement('閉庁中', 'ただいまの時間は、職員がおりません。', 'callBack', {
            interruptible: false,
          }),
        },
      ),
    ],
  }),
  defineTemplate({
    templateId: 'call-back-staff',
    name: '折り返しを職員へ',
    description:
      '市からの電話に折り返してかけた方を、ご本人であることを確かめてから、職員につなぎます。\n閉庁中は、納期限と金額をお知らせし、折り返しの依頼か伝言を受け付けます。',
    assumptions: [...ASSUMPTIONS, '開庁時間内は、職員が用件をお話しします。'],
    parameters: PaymentCallFields,
    flows: (fields) => [
      callBackFlow(
        'orikaeshi-shokuin',
        '折り返しを職員へ',
        fields,
        { matched: 'identified', open: 'toStaff' },
        {
          toStaff: result('transferred', 'staff', '職員が対応'),
          identified: announcement('確認できた方への案内', `ありがとうございます。${REASSURANCE}`, 'hours'),
          closed: announcement('閉庁中', 'ただいまの時間は、職員がおりません。', 'matter', {
            interruptible: false,
          }),
          ...matterNodes('closedMenu'),
          closedMenu: menu({
            title: '閉庁中のお知らせの後',
            prompt:
              '職員からの折り返しのお電話をご希望の方は、1を。伝言を残される方は、2を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
            choices: [
              { key: '1', label: '折り返し', words: ['折り返し'], to: 'callBack' },
              { key: '2', label: '伝言', words: ['伝言'], to: 'message' },
              { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'matter' },
            ],
            silent: 'message',
          }),
        },
      ),
    ],
  }),
];

/**
 * @param ways where who was found to be the person meant goes on, and where the way to staff begins while they are there
 * @param own the nodes of these ways; `closed` is where staff are not there
 */
function callBackFlow(
  flowId: string,
  name: string,
  fields: Fields,
  ways: { readonly matched: string; readonly open: string },
  own: Nodes,
) {
  const { cityName, departmentName, contactNumber, calendarId, staffNumber } = fields;
  const city = `${cityName}、${departmentName}`;
  const nodes = {
    greeting: announcement(
      '最初の挨拶',
      `お電話ありがとうございます。${city}です。先日、市から、大切なお知らせのお電話を差し上げました。`,
      'identity',
    ),
    identity: {
      kind: 'identityCheck',
      title: 'ご本人の確認',
      next: { matched: ways.matched, failed: 'notIdentified', none: 'callAgain' },
    },
    notIdentified: result('notIdentified', 'notIdentifiedTold', '本人確認できず'),
    notIdentifiedTold: end('本人確認できずの挨拶', notIdentifiedWords(city, contactNumber)),
    callAgain: end(
      '操作がない',
      `お手数ですが、${city}、電話${contactNumber}まで、お電話ください。失礼いたします。`,
    ),
    ...own,
    hours: {
      kind: 'openingHours',
      title: '開庁時間の確認',
      calendarId,
      next: { open: ways.open, closed: 'closed' },
    },
    ...staffNodes({
      title: `${departmentName}の職員`,
      number: staffNumber,
      whisper: '市からの電話に折り返してかけた方です。お誕生日を確認しました。',
    }),
    ...messageNodes(THANKS),
    goodbye: end('終わりの挨拶', THANKS),
  };
  return flowOf(flowId, name, nodes, { recipientValues: PAYMENT_RECIPIENT_VALUES });
}

const matterNodes = (next: string): Nodes => ({
  matter: announcement(
    'お知らせ',
    `{{宛名}}様。納付についてのお知らせです。納期限は、{{納期限|date}}、金額は、{{金額|amount}}です。${REASSURANCE}`,
    'informed',
    { answersCaller: true },
  ),
  informed: result('informed', next, '案内を聞いた'),
});
