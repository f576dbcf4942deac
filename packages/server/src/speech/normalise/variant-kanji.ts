/**
 * Variant forms that Open JTalk's dictionary does not know (it reads them as silence) and the form that it does, in pairs.
 * The reading is the same; only what is spoken passes here, never what is shown or sent.
 * Source: 戸籍統一文字 variants common in family names, and the old forms (旧字体) of the 常用漢字表.
 */
const PAIRS =
  '髙高 﨑崎 嵜崎 𠮷吉 邉辺 邊辺 齋斎 齊斉 濵浜 濱浜 德徳 惠恵 國国 澤沢 廣広 嶌島 嶹島 櫻桜 瀨瀬 眞真 寬寛 將将 黑黒 淸清 曻昇 栁柳 桒桑 靑青 ' +
  '邨村 學学 縣県 會会 實実 圓円 榮栄 彌弥 與与 萬万 壽寿 豐豊 應応 兒児 關関 鐵鉄 緖緒 增増 橫横 步歩 歷歴 淺浅 渕淵 瀧滝 爲為 狹狭 ' +
  '祐祐 禮礼 稻稲 穗穂 絲糸 總総 聲声 藏蔵 藝芸 號号 觸触 賣売 轉転 郞郎 醫医 釋釈 靜静 顯顕 鷄鶏 麥麦 黃黄 龜亀 ' +
  '舘館 圀国 冝宜 凜凛 峯峰 槗橋 𣘺橋 蘒萩 躰体 驗験 證証 區区 團団 當当 屆届 臺台';

const STANDARD_FORM = new Map(
  PAIRS.split(' ').flatMap((pair) => {
    const [variant, standard] = [...pair];
    return variant !== undefined && standard !== undefined ? [[variant, standard] as const] : [];
  }),
);

/** Writes variant kanji in the form whose reading the dictionary knows (髙橋 → 高橋). */
export function standardKanji(text: string): string {
  let standard = '';
  for (const character of text) standard += STANDARD_FORM.get(character) ?? character;
  return standard;
}
