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

/** 納期限のお知らせ (IN-2): placed before the due date, for each insurance. */
export const dueDateTemplates: readonly FlowTemplate[] = INSURANCES.map(dueDateTemplate);

function dueDateTemplate({ premium, id }: Insurance): FlowTemplate {
  const name = `納期限のお知らせ（${premium}）`;
  return defineTemplate({
    templateId: `due-date-${id}`,
    name,
    description: `市から電話をかけ、ご本人であることを確かめてから、${premium}の納期限をお知らせします。\n納付の方法、ショートメッセージ、職員への転送、折り返しの依頼が入っています。`,
    assumptions: [
      ...PAYMENT_CALL_ASSUMPTIONS,
      '納付書で納める方（普通徴収）だけに電話をかけることとしています。年金からの天引きと口座振替の方は、除いてください。',
    ],
    parameters: PaymentCallFields,
    flows: (fields) => [
      paymentCallFlow(
        {
          flowId: `nokigen-${id}`,
          name,
          matterNodes: {
            matter: announcement(
              '納期限のお知らせ',
              `{{宛名}}様。${premium}の、納期限のお知らせです。納期限は、{{納期限|date}}です。納めていただく額は、{{金額|amount}}です。お忘れのないように、お願いいたします。${REASSURANCE}`,
              'informed',
              { answersCaller: true },
            ),
            matterMenu: menu({
              title: 'お知らせの後',
              prompt:
                '納付の方法をお聞きになる方は、1を。ご案内をショートメッセージでお受け取りになる方は、2を。納付書をなくされた方、納付が難しい方、職員とお話しになりたい方は、9を。今後、このお知らせの電話を希望されない方は、7を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
              choices: [
                { key: '1', label: '納付の方法', words: ['納付の方法'], to: 'methods' },
                {
                  key: '2',
                  label: 'SMSで受け取る',
                  words: ['ショートメッセージ', 'メッセージ'],
                  to: 'smsNumber',
                },
                { key: '9', label: '職員', words: ['職員', '担当者'], to: 'wantsStaff' },
                { key: '7', label: '電話を希望しない', words: ['希望しない'], to: 'optedOut' },
                { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'matter' },
              ],
              silent: 'hours',
            }),
            optedOut: result('optedOut', 'optedOutTold', '連絡を希望しない'),
            optedOutTold: end(
              '電話を希望しない方への挨拶',
              '承りました。今後、納期限のお知らせの電話は差し上げません。お忙しいところ、失礼いたしました。',
            ),
            ...methodsNode(),
          },
        },
        fields,
      ),
    ],
  });
}
