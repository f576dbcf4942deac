import type { Prompt } from './prompt.ts';

/** Wordings that a clerk can keep as they are; the settings of the nodes begin with them. */

const text = (words: string): Prompt => ({ type: 'text', text: words });

export const USUAL_WORDINGS = {
  askMobileNumber: text('ご案内を携帯電話にお送りします。お送り先の携帯電話の番号、11桁を押してください。'),
  notMobileNumber: text(
    '押された番号は、携帯電話の番号ではないようです。恐れ入りますが、もう一度お願いします。',
  ),
  noNumber: text('番号が押されませんでした。'),
  callBack: text('担当の職員から、折り返しお電話いたします。'),
  askCallBackNumber: text(
    '折り返しをご希望の電話番号を、市外局番から続けて押し、最後にシャープを押してください。',
  ),
  askMonthDay: text(
    'ご本人であることを確かめます。お誕生日の月と日を、2桁ずつ、合わせて4桁で押してください。例えば、1月2日の方は、0、1、0、2です。押し間違えたときは、米印を押してください。',
  ),
  askBirthDate: text(
    'ご本人であることを確かめます。生年月日を、元号の番号と、年、月、日の2桁ずつ、合わせて7桁で押してください。元号の番号は、明治が1、大正が2、昭和が3、平成が4、令和が5です。例えば、昭和25年1月2日の方は、3、2、5、0、1、0、2です。西暦の8桁でも押せます。押し間違えたときは、米印を押してください。',
  ),
  notIdentified: text('確認ができませんでした。恐れ入りますが、もう一度お願いします。'),
  /** Names no matter: whoever hears it is somebody else, as far as anybody knows. */
  notIdentifiedGoodbye: text(
    '申し訳ございません。ご本人の確認ができませんでしたので、お電話を終わらせていただきます。失礼いたします。',
  ),
  notDialable: text(
    '押された番号には、こちらからおかけすることができません。恐れ入りますが、もう一度お願いします。',
  ),
  callBackAccepted: text('折り返しのご依頼を承りました。職員からの電話をお待ちください。'),
  wrongKey: text('押された番号が違います。'),
  noKey: text('番号が押されませんでした。'),
  thanks: text('ご回答いただき、ありがとうございました。'),
} as const;

type Confirming = { readonly variable: string; readonly confirmKey: string; readonly retryKey: string };

/** Reads back a number that was keyed in. */
export function usualReadBack({ variable, confirmKey, retryKey }: Confirming): Prompt {
  return text(
    `{{${variable}|telephone}}でよろしければ${confirmKey}を、押し直す場合は${retryKey}を押してください。`,
  );
}

/** Offers the number that the caller calls from. */
export function usualOffer({ variable, confirmKey, retryKey }: Confirming): Prompt {
  return text(
    `お電話する番号は、{{${variable}|telephone}}です。よろしければ${confirmKey}を、別の番号をご希望の場合は${retryKey}を押してください。`,
  );
}

/** Asks for one of the times that staff set up. */
export function usualTimes(times: readonly { readonly key: string; readonly label: string }[]): Prompt {
  const choices = times.map(({ key, label }) => `${label}は${key}を`).join('、');
  return text(`お電話する時間のご希望を伺います。${choices}押してください。`);
}
