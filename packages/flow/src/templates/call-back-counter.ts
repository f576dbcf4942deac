import { z } from 'zod';
import { defineTemplate, flowOf } from './flow-template.ts';
import { cityFields, counterFields, words } from './parameters.ts';
import { announcement, end, menu } from './pieces.ts';
import { messageNodes, staffNodes } from './staff-nodes.ts';

const THANKS = 'お電話ありがとうございました。';

/** 折り返しの総合案内: for a number by which campaigns call. Whoever calls it, known or not, learns who called and how to reach a person; nothing of anybody. */
export const callBackCounterTemplate = defineTemplate({
  templateId: 'call-back-counter',
  name: '折り返しの総合案内',
  description:
    '市から電話をかける番号に、かけ直された方への案内です。市の名前、電話の目的、受付時間をお知らせします。\n職員とお話しになりたい方は、開庁時間内は職員につなぎ、閉庁中は折り返しの依頼か伝言を受け付けます。',
  assumptions: [
    '配信で「相手の電話に表示する番号」に選ぶ番号で使うこととしています。',
    '配信の相手と分からない方、配信の期間や時間のほかにかけられた方が、この案内をお聞きになります。',
    'どなたへの電話だったかは、お伝えしません。',
  ],
  parameters: z.object({
    cityName: cityFields.cityName,
    departmentName: words('担当の名前', '最初の挨拶に入ります。', '保険年金課'),
    purpose: words(
      '電話をかける目的',
      '「○○について、お電話しています」の○○に入ります。',
      '市からの大切なお知らせ',
    ),
    officeHours: counterFields.officeHours,
    calendarId: counterFields.calendarId,
    staffNumber: counterFields.staffNumber,
  }),
  flows({ cityName, departmentName, purpose, officeHours, calendarId, staffNumber }) {
    const flow = flowOf('orikaeshi-sogo', '折り返しの総合案内', {
      greeting: announcement(
        '最初の挨拶',
        `お電話ありがとうございます。${cityName}、${departmentName}です。`,
        'hours',
      ),
      hours: {
        kind: 'openingHours',
        title: '開庁時間の確認',
        calendarId,
        next: { open: 'mainMenu', closed: 'closedMenu' },
      },
      mainMenu: menu({
        title: '用件の選択',
        prompt:
          '市からの電話についてお聞きになる方は、1を。伝言を残される方は、2を。職員とお話しになりたい方は、9を。',
        choices: [
          { key: '1', label: '市からの電話', words: ['電話がありました', '着信'], to: 'purpose' },
          { key: '2', label: '伝言', words: ['伝言'], to: 'message' },
          { key: '9', label: '職員', words: ['職員', '担当者'], to: 'staff' },
        ],
        silent: 'staff',
        isFirst: true,
      }),
      purpose: announcement('電話の目的の案内', purposeWords(purpose, officeHours), 'purposeMenu', {
        answersCaller: true,
      }),
      purposeMenu: menu({
        title: '電話の目的の案内の後',
        prompt:
          '職員とお話しになりたい方は、9を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
        choices: [
          { key: '9', label: '職員', words: ['職員', '担当者'], to: 'staff' },
          { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'purpose' },
        ],
        silent: 'staff',
      }),
      closedMenu: menu({
        title: '閉庁中の用件の選択',
        prompt: `ただいまの時間は、職員がおりません。受付の時間は、${officeHours}です。市からの電話についてお聞きになる方は、1を。折り返しのお電話をご希望の方は、2を。伝言を残される方は、3を。`,
        choices: [
          { key: '1', label: '市からの電話', words: ['電話がありました', '着信'], to: 'closedPurpose' },
          { key: '2', label: '折り返し', words: ['折り返し'], to: 'callBack' },
          { key: '3', label: '伝言', words: ['伝言'], to: 'message' },
        ],
        silent: 'message',
        isFirst: true,
      }),
      closedPurpose: announcement(
        '閉庁中の電話の目的の案内',
        purposeWords(purpose, officeHours),
        'closedPurposeMenu',
        { answersCaller: true },
      ),
      closedPurposeMenu: menu({
        title: '閉庁中の案内の後',
        prompt:
          '折り返しのお電話をご希望の方は、1を。伝言を残される方は、2を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
        choices: [
          { key: '1', label: '折り返し', words: ['折り返し'], to: 'callBack' },
          { key: '2', label: '伝言', words: ['伝言'], to: 'message' },
          { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'closedPurpose' },
        ],
        silent: 'message',
      }),
      ...staffNodes({
        title: `${departmentName}の職員`,
        number: staffNumber,
        whisper: '市からの電話の番号に、かけ直された方です。',
      }),
      ...messageNodes(THANKS),
      goodbye: end('終わりの挨拶', THANKS),
    });
    return [flow];
  },
});

function purposeWords(purpose: string, officeHours: string): string {
  return `この番号からは、${purpose}について、自動音声でお電話しています。くわしい内容は、ご本人であることを確かめてから、職員がお話しします。受付の時間は、${officeHours}です。市の職員が、電話でATMの操作をお願いしたり、暗証番号をお聞きしたりすることはありません。`;
}
