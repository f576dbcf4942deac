import { z } from 'zod';
import { counterFlow, smsFooter } from './counter-flow.ts';
import { defineTemplate } from './flow-template.ts';
import { counterFields, words } from './parameters.ts';

/** 休日窓口: open where the calendar says so, on a Sunday perhaps; at any other time its days and place are told. */
export const holidayCounterTemplate = defineTemplate({
  templateId: 'holiday-counter',
  name: '休日窓口',
  description:
    '休日窓口でできる手続き、日と場所、持ち物を案内し、開いているときは職員につなぎます。\n開いていないときは、次の日をお知らせし、折り返しの依頼と伝言を受け付けます。',
  assumptions: [
    '休日窓口の日と時間を、開庁日カレンダーに登録してあることとしています。',
    '転入・転出の届け出と、国民健康保険の手続きを受け付けることとしています。',
    'ほかの役所や年金事務所に確認が要る手続きは、休日にはできないこととしています。',
  ],
  parameters: z.object({
    ...counterFields,
    holidayDates: words(
      '休日窓口の日と時間',
      '案内とショートメッセージに入ります。',
      '毎月第2日曜日の午前9時から午後1時まで',
    ),
    holidayPlace: words('休日窓口の場所', '案内に入ります。', '市役所1階の市民課'),
    nextDate: words('次の休日窓口の日', '開いていないときの案内に入ります。', '12月13日'),
  }),
  flows(parameters) {
    const { cityName, holidayDates, holidayPlace, nextDate } = parameters;
    const footer = smsFooter({ ...parameters, officeHours: holidayDates });
    const flow = counterFlow({
      flowId: 'kyujitsu-madoguchi',
      name: '休日窓口',
      groupName: '休日窓口',
      greeting: `お電話ありがとうございます。${cityName}の休日窓口です。自動音声でご案内します。`,
      staffNumber: parameters.staffNumber,
      whisper: '休日窓口のお電話です。',
      topics: [
        {
          key: '1',
          label: '休日窓口でできる手続き',
          words: ['手続き', 'できること'],
          announcement:
            '休日窓口でできる手続きについてご案内します。住民票の写しや印鑑登録証明書の交付、転入や転出などの届け出、国民健康保険の加入と脱退の届け出を、お受けしています。ほかの市町村などに確認が要る手続きは、お受けできないことがあります。はじめての方は、職員にお確かめください。',
          smsText: `【休日窓口でできる手続き】\n■証明書の交付\n・住民票の写し\n・印鑑登録証明書（印鑑登録証をお持ちください）\n・戸籍の証明書（本籍が市内にある方）\n\n■届け出\n・転入、転出、転居の届け出\n・国民健康保険の加入と脱退の届け出（事実があった日から14日以内）\n・印鑑登録（本人確認書類をお持ちのご本人に限ります）\n\n■お受けできないことがある手続き\n・ほかの市町村や年金事務所などに確認が要る手続き\n・ご相談に時間がかかる手続き\n\nお受けできるか分からないときは、平日の開庁時間内にお電話ください。マイナンバーカードをお持ちの方は、コンビニエンスストアでも証明書をお取りになれます。${footer}`,
        },
        {
          key: '2',
          label: '休日窓口の日と場所',
          words: ['日程', '場所'],
          announcement: `休日窓口の日と場所についてご案内します。休日窓口は、${holidayDates}、${holidayPlace}で開いています。次の休日窓口は、${nextDate}です。大雨などのために休むことがあります。月曜日の朝と、月の初めは、混み合います。`,
          smsText: `【休日窓口の日と場所】\n■日と時間\n${holidayDates}\n\n■次の休日窓口\n${nextDate}\n\n■場所\n${holidayPlace}\n\n■お越しになるときのお願い\n・証明書だけの方は、コンビニエンスストアでの交付もご利用になれます（マイナンバーカードと、利用者証明用の暗証番号4桁が必要です）。\n・終わりの時間の直前は混み合います。届け出の方は、終わりの時間の30分前までにお越しください。\n・3月と4月は、引っ越しの届け出のため、お待ちいただくことがあります。\n・大雨などのために休むことがあります。市のホームページでお確かめください。${footer}`,
        },
        {
          key: '3',
          label: '持ち物',
          words: ['持ち物', '必要なもの'],
          announcement:
            '持ち物についてご案内します。どの手続きにも、窓口に来る方の、本人確認書類をお持ちください。マイナンバーカードや運転免許証などです。代わりの方がお越しになるときは、委任状もお持ちください。国民健康保険に加入する方は、職場の健康保険をやめた日が分かる証明書が必要です。',
          smsText: `【休日窓口の持ち物】\n■どの手続きにも\n・窓口に来る方の本人確認書類（マイナンバーカード、運転免許証など）\n・別の世帯の方が来るときは、委任状\n\n■転入、転居の届け出\n・引っ越した全員のマイナンバーカード（お持ちの方）\n・転出証明書（マイナンバーカードで転出の届け出をした方は、いりません）\n\n■国民健康保険に加入する方\n・職場の健康保険をやめた日が分かる証明書\n・世帯主と加入する方のマイナンバーが分かるもの\n\n■国民健康保険をやめる方\n・新しい健康保険の資格が分かるもの\n・国民健康保険の資格確認書（お持ちの方）\n\n手数料は、現金をご用意ください。${footer}`,
        },
      ],
      hours: {
        calendarId: parameters.calendarId,
        closedWords: `ただいまは、休日窓口の時間ではありません。次の休日窓口は、${nextDate}です。`,
        closedSmsText: `【休日窓口のご案内】\nお電話いただきありがとうございます。ただいまは、休日窓口の時間ではありません。\n\n■次の休日窓口：${nextDate}\n■日と時間：${holidayDates}\n■場所：${holidayPlace}\n\n■できる手続き：住民票の写しや印鑑登録証明書などの交付、転入・転出・転居の届け出、国民健康保険の加入と脱退の届け出\n■持ち物：窓口に来る方の本人確認書類。別の世帯の方が来るときは、委任状。国民健康保険に加入する方は、職場の健康保険をやめた日が分かる証明書\n\nほかの市町村などに確認が要る手続きは、休日にはお受けできないことがあります。平日の受付時間は、${parameters.officeHours}です。${footer}`,
      },
    });
    return [flow];
  },
});
