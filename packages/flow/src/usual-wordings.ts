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
