/** What the words of a call that the city places tell, as far as it can be read from them. All take words in NFKC. */

/** 「見本市、保険年金課」: who calls, with the department. */
export const namesTheCity = (words: string): boolean =>
  /[市区町村][^。]{0,30}(?:課|係|室|局|部|所|センター|担当)/u.test(words);

/** A telephone number, written in figures. */
export const tellsANumber = (words: string): boolean =>
  /(?<!\d)0\d{1,4}[-‐−ー( ]?\d{1,4}[-‐−ー) ]?\d{3,4}(?!\d)/u.test(words);

/** That who has paid already should not mind. */
export const excusesCrossedPayment = (words: string): boolean =>
  /行き?違い|入れ違い|(?:すでに|既に)[^。]*(?:納め|支払|納付)[^。]*(?:容赦|了承|許し)/u.test(words);

const ACCOUNT = /ATM|エーティーエム|口座番号|口座の|暗証番号|キャッシュカード|カード番号|振り?込/iu;
const DENIES = /(?:ありません|ございません|いたしません|しません|ないでください)$/u;

/** That the city never asks for bank accounts or for the use of a cash machine. */
export const warnsOfFraud = (words: string): boolean =>
  sentencesOf(words).some((sentence) => ACCOUNT.test(sentence) && DENIES.test(sentence));

const ASKS = /入力|押して|教え|お聞かせ|お伝え|おっしゃ|お話し|お振り?込|操作して/u;
const ACCOUNT_NUMBER = /(?:普通|当座|口座)[^。\d]{0,12}\d{6,8}(?!\d)/u;

/** The sentence that asks for a bank account, a secret number or a payment by cash machine, or that names an account; null where none does. */
export function accountSentence(words: string): string | null {
  return (
    sentencesOf(words).find(
      (sentence) =>
        ACCOUNT_NUMBER.test(sentence) ||
        (ACCOUNT.test(sentence) && ASKS.test(sentence) && !DENIES.test(sentence)),
    ) ?? null
  );
}

/** With its scheme, or bare, which telephones make a link of whatever it ends in. */
const LINK = /https?:\/\/[^\s、。「」（）()【】]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w.-])/giu;

/** Hosts of the links that a text gives, in lower case. */
export function linkHosts(words: string): readonly string[] {
  return [...words.matchAll(LINK)].map(([link]) =>
    link
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[/?#:].*$/u, ''),
  );
}

const MATTER =
  /(?:保険|市民|町民|村民|区民|住民|県民|固定資産|自動車|都市計画|国民健康保険|森林環境)(?:料|税)(?!課|係|室|担当)|滞納|未納|納期限|催告|督促|差押/u;

/** The word that gives the matter of a payment away; null where none does. */
export const matterWord = (words: string): string | null => MATTER.exec(words)?.[0] ?? null;

function sentencesOf(words: string): readonly string[] {
  return words
    .split(/[。\n]/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
