import { z } from 'zod';
import { closedWords, smsFooter } from './counter-flow.ts';
import { defineTemplate, flowOf } from './flow-template.ts';
import { counterFields, telephone, words } from './parameters.ts';
import { announcement, end, menu, smsEnds, smsNodes, text } from './pieces.ts';
import { messageNodes, staffNodes } from './staff-nodes.ts';

const THANKS = 'お電話ありがとうございました。';

/** 閉庁時: for a number, or the closed way of another flow, that is to serve callers at night and on holidays. Source: 戸籍法 25条, 86条. */
export const closedHoursTemplate = defineTemplate({
  templateId: 'closed-hours',
  name: '閉庁時',
  description:
    '夜間と休日に、戸籍の届け出と緊急の連絡を宿直につなぎ、ほかの用件は案内、折り返し、伝言で受け付けます。\n開庁時間内にかかってきたときは、職員につなぎます。',
  assumptions: [
    '宿直が、夜間と休日に、戸籍の届け出と、道路や水道の緊急の連絡を受けることとしています。',
    '証明書の交付は、閉庁中には行わず、コンビニエンスストアを案内することとしています。',
    'ほかのフローの「閉庁中」の分岐から、「別のフローへ」でつなぐこともできます。',
  ],
  parameters: z.object({
    ...counterFields,
    dutyNumber: telephone('宿直の電話番号', '緊急の連絡をつなぐ電話番号です。', '0725-00-2900'),
    dutyPlace: words('宿直の場所', '戸籍の届け出の案内に入ります。', '市役所北側の夜間受付'),
  }),
  flows(parameters) {
    const { cityName, calendarId, officeHours, staffNumber, dutyNumber, dutyPlace } = parameters;
    const footer = smsFooter(parameters);
    const flow = flowOf('heicho-ji', '閉庁時', {
      greeting: announcement('最初の挨拶', `お電話ありがとうございます。${cityName}です。`, 'hours'),
      hours: {
        kind: 'openingHours',
        title: '開庁時間の確認',
        calendarId,
        next: { open: 'staff', closed: 'closedMenu' },
      },
      closedMenu: menu({
        title: '閉庁中の用件の選択',
        prompt: `${closedWords(officeHours)}死亡届など戸籍の届け出については、1を。道路や水道の緊急のご連絡は、2を。証明書や手続きについては、3を。折り返しのお電話をご希望の方は、4を。伝言を残される方は、5を。`,
        choices: [
          { key: '1', label: '戸籍の届け出', words: ['戸籍', '死亡届', '婚姻届'], to: 'register' },
          { key: '2', label: '緊急の連絡', words: ['緊急', '道路', '水道'], to: 'duty' },
          { key: '3', label: '証明書や手続き', words: ['証明書', '手続き'], to: 'papers' },
          { key: '4', label: '折り返し', words: ['折り返し'], to: 'callBack' },
          { key: '5', label: '伝言', words: ['伝言'], to: 'message' },
        ],
        silent: 'message',
        isFirst: true,
      }),
      register: announcement(
        '戸籍の届け出の案内',
        `戸籍の届け出についてご案内します。死亡届、婚姻届、離婚届、出生届などは、夜間と休日も、${dutyPlace}でお預かりします。内容は、次の開庁日に確認します。死亡届は、死亡の事実を知った日から7日以内です。火葬の許可証については、宿直におたずねください。`,
        'registerMenu',
        { answersCaller: true },
      ),
      registerMenu: menu({
        title: '戸籍の届け出の案内の後',
        prompt:
          '宿直の職員とお話しになりたい方は、1を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
        choices: [
          { key: '1', label: '宿直', words: ['宿直', '職員'], to: 'duty' },
          { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'register' },
        ],
        silent: 'duty',
      }),
      papers: announcement(
        '証明書や手続きの案内',
        `証明書や手続きについてご案内します。住民票の写しや印鑑登録証明書は、マイナンバーカードがあれば、コンビニエンスストアで、朝の6時30分から夜の11時までお取りになれます。窓口の手続きは、${officeHours}、お受けしています。`,
        'papersMenu',
        { answersCaller: true },
      ),
      papersMenu: menu({
        title: '証明書や手続きの案内の後',
        prompt:
          '詳しいご案内を、携帯電話のショートメッセージでお受け取りになる方は、1を。折り返しのお電話をご希望の方は、2を。伝言を残される方は、3を。もう一度お聞きになる方は、0を押してください。ご用件がお済みの方は、このままお電話をお切りください。',
        choices: [
          {
            key: '1',
            label: 'SMSで受け取る',
            words: ['ショートメッセージ', 'メッセージ'],
            to: 'papersNumber',
          },
          { key: '2', label: '折り返し', words: ['折り返し'], to: 'callBack' },
          { key: '3', label: '伝言', words: ['伝言'], to: 'message' },
          { key: '0', label: 'もう一度聞く', words: ['もう一度'], to: 'papers' },
        ],
        silent: 'message',
      }),
      ...smsNodes(
        'papers',
        '証明書や手続き',
        `【${cityName} 証明書と手続きのご案内】\n■コンビニエンスストアでの交付\nマイナンバーカードと、利用者証明用の暗証番号4桁をご用意ください。住民票の写し、印鑑登録証明書などを、朝6時30分から夜11時までお取りになれます（保守などのために休むことがあります）。\n\n■戸籍の届け出\n死亡届、婚姻届、離婚届、出生届などは、夜間と休日も、${dutyPlace}でお預かりします。\n\n■引っ越しの届け出\n転入と転居は、住み始めた日から14日以内に、窓口で届け出てください。転出は、マイナンバーカードをお持ちの方なら、マイナポータルからも届け出ができます。${footer}`,
      ),
      duty: {
        kind: 'transfer',
        title: '宿直',
        targets: [{ to: dutyNumber, ringTimeoutMs: 60_000 }],
        record: true,
        announcement: text(
          '宿直の職員におつなぎします。内容を確かめるため、この通話は録音させていただきます。そのままお待ちください。',
        ),
        givesRecordingNotice: true,
        next: { busy: 'dutyBusy', unanswered: 'dutyBusy', failed: 'dutyBusy', ended: 'goodbye' },
      },
      dutyBusy: announcement(
        '宿直が出られない',
        '申し訳ございません。宿直の職員が、ほかの用件に応対しております。命に関わる緊急のときは、119番におかけください。',
        'message',
        { interruptible: false },
      ),
      ...staffNodes({ title: '担当の職員', number: staffNumber }),
      ...messageNodes(THANKS),
      ...smsEnds(THANKS),
      goodbye: end('終わりの挨拶', THANKS),
    });
    return [flow];
  },
});
