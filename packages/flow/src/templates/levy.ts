import { z } from 'zod';
import { closedWords, counterFlow, smsFooter } from './counter-flow.ts';
import { defineTemplate } from './flow-template.ts';
import { counterFields, premiumName, words } from './parameters.ts';
import { text } from './pieces.ts';

/** 国民健康保険 賦課・徴収. Asks for the number of the notice before staff answer; it is hidden on screens. */
export const levyTemplate = defineTemplate({
  templateId: 'kokuho-levy',
  name: '国民健康保険 賦課・徴収',
  description:
    '保険料の計算と通知書、納付の方法、納付が難しいときの相談を、音声とショートメッセージで案内します。\n職員につなぐ前に、通知書の番号を押していただきます（画面には表示されません）。',
  assumptions: [
    '用件の順番と文章は想定です。お問い合わせの多い順に並べ替えてください。',
    '納付書は、金融機関、コンビニエンスストア、スマートフォンの決済アプリで使えることとしています。',
    '納期限が土曜・日曜・祝日に当たるときは、次の開庁日に納められることとしています。',
    '通知書に、数字だけの番号があることとしています。',
  ],
  parameters: z.object({
    ...counterFields,
    groupName: words('担当の名前', '最初の挨拶に入ります。', '賦課徴収担当'),
    premiumName,
    noticeMonth: words('納入通知書を送る月', '毎年の、最初の通知書を送る月です。', '6月'),
    dueDay: words('納期限の日', '納付の方法の案内に入ります。', '毎月の末日'),
    noticeNumberDigits: z.coerce
      .number('通知書の番号の桁数を、数字で入力してください。')
      .int('通知書の番号の桁数を、数字で入力してください。')
      .min(1, '通知書の番号の桁数は、1から16までで入力してください。')
      .max(16, '通知書の番号の桁数は、1から16までで入力してください。')
      .default(8)
      .meta({
        title: '通知書の番号の桁数',
        description: '職員につなぐ前に押していただく番号の桁数です。',
        examples: [8],
        field: 'number',
      }),
  }),
  flows(parameters) {
    const { cityName, groupName, premiumName: premium, noticeMonth, dueDay } = parameters;
    const footer = smsFooter(parameters);
    const flow = counterFlow({
      flowId: 'kokuho-fuka',
      name: '国民健康保険 賦課・徴収',
      groupName,
      greeting: `お電話ありがとうございます。${cityName}、国民健康保険、${groupName}です。自動音声でご案内します。`,
      staffNumber: parameters.staffNumber,
      topics: [
        {
          key: '1',
          label: `${premium}の計算と納入通知書`,
          words: [premium, '通知書'],
          announcement: `${premium}の計算と納入通知書についてご案内します。${premium}は、前の年の所得と、加入している人数などをもとに計算します。納入通知書は、毎年${noticeMonth}に世帯主にお送りします。年度の途中で加入や脱退をされたときは、月割りで計算し直し、変更の通知書をお送りします。`,
          smsText: `【国民健康${premium}の計算と納入通知書】\n${premium}は、前年の所得と加入している方の人数などをもとに、世帯ごとに計算します。納入通知書は、毎年${noticeMonth}に世帯主にお送りします。世帯主が勤め先の健康保険に入っている場合も、納める義務は世帯主にあります。\n\n■年度の途中で加入・脱退したとき\n月割りで計算し直し、変更の通知書をお送りします。勤め先の健康保険に入った月の前月分までを納めていただきます。\n\n■所得の申告をしていない方\n所得がなかった方も申告が必要です。申告がないと、軽減を受けられません。\n\n■失業された方\n倒産・解雇などで離職された方は、届け出により${premium}が軽減されることがあります。雇用保険受給資格者証をお持ちください。${footer}`,
        },
        {
          key: '2',
          label: '納付の方法',
          words: ['納付', '支払い'],
          announcement: `${premium}の納付の方法についてご案内します。口座振替にされますと、納め忘れがなく安心です。納付書でお支払いの方は、金融機関、コンビニエンスストア、スマートフォンの決済アプリがご利用になれます。納期限は、${dueDay}です。納期限が土曜、日曜、祝日に当たるときは、次の開庁日になります。`,
          smsText: `【国民健康${premium}の納付方法】\n■口座振替\n通帳と届出印をお持ちになり、市内の金融機関の窓口でお申し込みください。振替日は納期限の日です。前日までに残高をご確認ください。\n\n■納付書\n金融機関、コンビニエンスストアのほか、スマートフォンの決済アプリでもお支払いいただけます。納期限を過ぎた納付書は、コンビニエンスストアなどでは使えないことがあります。\n\n■年金からの天引き\n加入している方がすべて65歳から74歳までの世帯では、世帯主の年金からの天引きになることがあります。\n\n納期限は${dueDay}です。納期限が土曜・日曜・祝日に当たるときは、次の開庁日になります。${footer}`,
        },
        {
          key: '3',
          label: '納付が難しいときの相談',
          words: ['相談', '分割'],
          announcement: `${premium}の納付が難しいときのご相談についてご案内します。災害、失業、病気などで納付が難しいときは、分割での納付や、減免を受けられることがあります。納期限を過ぎる前に、お早めにご相談ください。ご相談には、収入の状況が分かるものをお持ちください。`,
          smsText: `【国民健康${premium}の納付相談】\n災害、失業、病気、収入の減少などで納付が難しいときは、分割での納付や減免を受けられることがあります。納期限を過ぎる前に、お早めにご相談ください。\n\n■ご相談のときにお持ちいただくもの\n・納入通知書または納付書\n・収入の状況が分かるもの（給与明細、年金の通知、雇用保険受給資格者証など）\n・支出の状況が分かるもの（家賃、医療費の領収書など）\n・窓口に来る方の本人確認書類\n\n納期限を過ぎると、延滞金がかかることがあります。お困りのときは、そのままにせず、まずお電話ください。${footer}`,
        },
      ],
      hours: {
        calendarId: parameters.calendarId,
        closedWords: closedWords(parameters.officeHours),
        closedSmsText: `【国民健康保険 賦課・徴収のご案内】\nお電話いただきありがとうございます。ただいま閉庁しています。\n\n■${premium}の計算：前年の所得と加入している方の人数などをもとに、世帯ごとに計算します。納入通知書は毎年${noticeMonth}に世帯主にお送りします。\n■納付の方法：口座振替のほか、納付書により金融機関、コンビニエンスストア、スマートフォンの決済アプリで納付いただけます。\n■納期限：${dueDay}（土曜・日曜・祝日に当たるときは次の開庁日）\n■納付が難しいとき：分割での納付や減免を受けられることがあります。納期限の前にご相談ください。\n\nくわしくは市のホームページをご覧ください。${footer}`,
      },
      beforeStaff: {
        startNodeId: 'noticeNumber',
        nodes: { noticeNumber: noticeNumberNode(parameters.noticeNumberDigits) },
      },
    });
    return [flow];
  },
});

/** Who does not know it, or cannot press it, comes to staff all the same. */
function noticeNumberNode(digits: number) {
  return {
    kind: 'digits',
    title: '通知書の番号の入力',
    prompt: text(
      `お手元の納入通知書にある、${digits}桁の番号を押してください。お分かりにならない方は、そのままお待ちください。`,
    ),
    variable: '通知書番号',
    readAs: 'digits',
    minLengthDigits: digits,
    maxLengthDigits: digits,
    secret: true,
    readBack: {
      prompt: text('{{通知書番号}}ですね。よろしければ1を、入力し直す場合は2を押してください。'),
    },
    wrong: { retries: 1, prompt: text('番号を確認できませんでした。') },
    none: { retries: 0, prompt: null },
    next: { next: 'staff', wrong: 'staff', none: 'staff' },
  };
}
