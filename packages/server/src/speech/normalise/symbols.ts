const PARTICLE_FOLLOWS = /^(?:を|は|が|に|の|と|で|も|へ|か|から|まで|、|。|$)/u;
const WORDS: Readonly<Record<string, string>> = {
  '#': 'シャープ',
  '♯': 'シャープ',
  '*': 'コメジルシ',
  '&': 'アンド',
  '=': 'イコール',
  '+': 'プラス',
  '@': 'アットマーク',
  '㈱': '株式会社',
  '㈲': '有限会社',
  '℡': '電話',
  '№': 'ナンバー',
  '☎': '電話',
  '〒': '郵便番号、',
};
const CIRCLED_FROM = '①'.codePointAt(0) ?? 0;
/** Brackets, quotes and bullets: heard as a short pause. */
const PAUSES = /[()[\]{}「」『』【】〔〕〈〉《》“”"‘’'`´|…‥;:→⇒↓●○◎■□◆◇★☆▼▽▲△♪]+/gu;
const CLOSING_OF_RANGE = /〜(?=$|[、。)\s])/gu;

function speakCircledNumbers(text: string): string {
  return text.replace(/[①-⑳]/gu, (circled, at: number, all: string) => {
    const number = String((circled.codePointAt(0) ?? 0) - CIRCLED_FROM + 1);
    const before = at > 0 ? '、' : '';
    return PARTICLE_FOLLOWS.test(all.slice(at + 1)) ? before + number : `${before}${number}、`;
  });
}

function speakWaves(text: string): string {
  return text
    .replace(/(?<=[ぁ-んァ-ヶ])〜(?=[ぁ-ん。、！!]|$)/gu, 'ー')
    .replace(CLOSING_OF_RANGE, 'から')
    .replace(/(^|[。、\n])〜/gu, '$1')
    .replace(/〜/gu, 'から');
}

/** Symbols become their word, a pause, or nothing: Open JTalk would be silent or guess. */
export function speakSymbols(text: string): string {
  return speakWaves(speakCircledNumbers(text))
    .replace(/(?<=\d)\s?×\s?(?=\d)/gu, 'かける')
    .replace(/×/gu, 'バツ')
    .replace(/※|＊＊+/gu, '')
    .replace(/(?<=[ァ-ヶー])・(?=[ァ-ヶ])/gu, '')
    .replace(/・/gu, '、')
    .replace(/(?<=\d)\/(?=\d)/gu, 'スラッシュ')
    .replace(/\//gu, '、')
    .replace(/[#♯*&=+@㈱㈲℡№☎〒]/gu, (symbol) => WORDS[symbol] ?? '')
    .replace(PAUSES, '、')
    .replace(/(?<=[^\d\sA-Za-z])-+|-+(?=[^\d\sA-Za-z])|[_^$<>\\¥]/gu, '、')
    .replace(/[\p{Extended_Pictographic}\p{Co}\p{Cn}]/gu, (symbol) => (/[\d]/u.test(symbol) ? symbol : ''));
}

/** Several pauses become one, none stands at a beginning, before a full stop or at the end. */
export function tidyPauses(text: string): string {
  return text
    .replace(/,/gu, '、')
    .replace(/(?<!\d)\.(?!\d)|\.(?!\d)/gu, '。')
    .replace(/(?<=\d) (?=\d)/gu, '、')
    .replace(/[!！]/gu, '。')
    .replace(/[?？]/gu, '？')
    .replace(/[ \t]*、[、 \t]*/gu, '、')
    .replace(/、*([。？])[。？、]*/gu, '$1')
    .replace(/(^|\n)[、。？\s]+/gu, '$1')
    .replace(/、+($|\n)/gu, '$1');
}
