import { z } from 'zod';
import { closedWords, counterFlow, smsFooter } from './counter-flow.ts';
import { defineTemplate } from './flow-template.ts';
import { counterFields, premiumName, words } from './parameters.ts';
import { text } from './pieces.ts';

/** 納付相談. Source of the facts: 地方税法 15条 (徴収の猶予), 国民健康保険法 77条 and 地方税法 717条 (減免), 703条の5 (軽減). */
export const paymentConsultationTemplate = defineTemplate({
  templateId: 'payment-consultation',
  name: '納付相談',
  description:
    '分割での納付、減免、相談のしかたを案内し、二つの質問にお答えいただいてから職員につなぎます。\n折り返しの依頼、伝言、閉庁中の案内も入っています。',
  assumptions: [
    '国民健康保険の納付相談としています。ほかの税や料金に使うときは、文章を直してください。',
    '質問の答えは、受電の記録に残ります。お名前や番号は、たずねません。',
    '減免の申請は、納期限までとしています。市の条例に合わせて直してください。',
  ],
  parameters: z.object({
    ...counterFields,
    groupName: words('担当の名前', '最初の挨拶に入ります。', '納付相談窓口'),
    premiumName,
    eveningConsultation: words(
      '夜間と休日の相談日',
      '相談のしかたの案内に入ります。',
      '毎月の最後の日曜日、午前9時から午後4時まで',
    ),
  }),
  flows(parameters) {
    const { cityName, groupName, premiumName: premium, eveningConsultation } = parameters;
    const footer = smsFooter(parameters);
    const flow = counterFlow({
      flowId: 'nofu-sodan',
      name: '納付相談',
      groupName,
      greeting: `お電話ありがとうございます。${cityName}、${groupName}です。自動音声でご案内します。`,
      staffNumber: parameters.staffNumber,
      whisper: '納付相談のお電話です。',
      topics: [
        {
          key: '1',
          label: '分割での納付',
          words: ['分割', '猶予'],
          announcement: `分割での納付についてご案内します。病気、失業、災害などで、${premium}を一度に納めることが難しいときは、事情をうかがったうえで、分けて納めていただけることがあります。収入と支出の分かるものをお手元にご用意のうえ、ご相談ください。`,
          smsText: `【分割での納付のご相談】\n病気、失業、災害、収入の減少などで、${premium}を一度に納めることが難しいときは、事情をうかがったうえで、分けて納めていただけることがあります。徴収の猶予という制度もあります。\n\n■ご用意いただくもの\n・納入通知書または納付書\n・収入の分かるもの（給与明細、年金の通知など）\n・支出の分かるもの（家賃、医療費の領収書など）\n・本人確認書類\n\n納期限を過ぎると、延滞金がかかることがあります。お困りのときは、そのままにせず、早めにご相談ください。ご家族からのご相談もお受けしますが、ご本人の同意を確認させていただくことがあります。${footer}`,
        },
        {
          key: '2',
          label: '減免と軽減',
          words: ['減免', '軽減'],
          announcement: `減免と軽減についてご案内します。災害にあわれたり、失業などで収入が大きく減ったりした方は、申請により、${premium}の減免を受けられることがあります。減免は、納期限までに申請してください。倒産や解雇などで離職された方は、届け出により、軽減を受けられることがあります。所得の少ない世帯の軽減には、申請はいりませんが、所得の申告が必要です。`,
          smsText: `【${premium}の減免と軽減】\n■減免（申請が必要です）\n災害にあわれた方、失業や事業の不振などで収入が大きく減った方は、減免を受けられることがあります。納期限までに申請してください。納められた後の分は、減免できないことがあります。\n\n■離職された方の軽減（届け出が必要です）\n倒産・解雇・雇い止めなどで離職された65歳未満の方が対象です。雇用保険受給資格者証または雇用保険受給資格通知をお持ちください。\n\n■所得の少ない世帯の軽減\n申請はいりません。ただし、世帯主と加入している方の所得の申告が必要です。所得がなかった方も申告してください。${footer}`,
        },
        {
          key: '3',
          label: '相談の日と持ち物',
          words: ['相談日', '持ち物'],
          announcement: `相談の日と持ち物についてご案内します。平日は、窓口で、開庁時間のあいだ、いつでもご相談になれます。夜間と休日のご相談は、${eveningConsultation}です。納入通知書、収入と支出の分かるもの、本人確認書類をお持ちください。`,
          smsText: `【納付相談の日と持ち物】\n■平日の相談\n開庁時間のあいだ、窓口でお受けしています。お電話でもご相談いただけます。\n\n■夜間と休日の相談\n${eveningConsultation}\n変わることがありますので、市のホームページでお確かめください。\n\n■お持ちいただくもの\n・納入通知書または納付書、届いているお知らせ\n・収入の分かるもの（給与明細、年金の通知、雇用保険受給資格者証など）\n・支出の分かるもの（家賃、医療費の領収書など）\n・本人確認書類\n\nお話しいただいた内容は、納付の相談のほかには使いません。${footer}`,
        },
      ],
      hours: {
        calendarId: parameters.calendarId,
        closedWords: closedWords(parameters.officeHours),
        closedSmsText: `【納付相談のご案内】\nお電話いただきありがとうございます。ただいま受付を終了しています。\n\n■分割での納付：一度に納めることが難しいときは、分けて納めていただけることがあります。\n■減免：災害や失業などで収入が大きく減った方は、申請により減免を受けられることがあります。納期限までに申請してください。\n■夜間と休日の相談：${eveningConsultation}\n■お持ちいただくもの：納入通知書、収入と支出の分かるもの、本人確認書類\n\n納期限を過ぎると、延滞金がかかることがあります。お困りのときは、早めにご相談ください。${footer}`,
      },
      beforeStaff: { startNodeId: 'beforeConsulting', nodes: { beforeConsulting: QUESTIONS } },
    });
    return [flow];
  },
});

/** Who answers nothing comes to staff all the same. */
const QUESTIONS = {
  kind: 'questionnaire',
  title: '相談の前の質問',
  introduction: text(
    '職員におつなぎする前に、二つおたずねします。お答えにならなくても、職員におつなぎします。',
  ),
  questions: [
    {
      id: 'reason',
      title: '相談の理由',
      prompt: text(
        'ご相談の理由をお選びください。収入が減った方は、1を。病気やけがの方は、2を。災害にあわれた方は、3を。そのほかの方は、4を。もう一度お聞きになる方は、0を押してください。',
      ),
      choices: [
        { key: '1', label: '収入の減少' },
        { key: '2', label: '病気やけが' },
        { key: '3', label: '災害' },
        { key: '4', label: 'そのほか' },
      ],
    },
    {
      id: 'due',
      title: '納期限',
      prompt: text(
        '納期限についておたずねします。納期限がまだ来ていない方は、1を。過ぎている方は、2を。お分かりにならない方は、3を。もう一度お聞きになる方は、0を押してください。',
      ),
      choices: [
        { key: '1', label: '納期限の前' },
        { key: '2', label: '納期限を過ぎた' },
        { key: '3', label: '分からない' },
      ],
    },
  ],
  repeatKey: '0',
  thanks: text('お答えいただき、ありがとうございました。'),
  next: { next: 'staff', none: 'staff' },
};
