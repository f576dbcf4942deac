/**
 * Open JTalk reads one line of at most 1,023 bytes and drops the rest without a word. It makes every ASCII letter
 * full-width first, so each counts as three bytes. Shorter than need be: short sentences are shared more often and an
 * aborted call frees its processor sooner.
 */
const MAX_SENTENCE_BYTES = 480;

/** What Open JTalk has a sound for; other scripts and symbols it passes over. */
const SPEAKABLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}A-Za-zＡ-Ｚａ-ｚ0-9０-９]/u;

/** UTF-8 bytes of the text after Open JTalk has made it full-width. */
function fullWidthBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += character.length === 2 ? 4 : 3;
  return bytes;
}

/** Whether a cut before `next` would tear a figure, a kana word or a small kana from what it belongs to. */
function tears(previous: string, next: string): boolean {
  return (
    (/[ァ-ヶー]/u.test(previous + next) && /[ァ-ヶー]/u.test(previous) && /[ァ-ヶー]/u.test(next)) ||
    (/[\d.A-Za-z]/u.test(previous) && /[\d.A-Za-z]/u.test(next)) ||
    /[ぁぃぅぇぉっゃゅょんー]/u.test(next)
  );
}

function cutByLength(sentence: string): string[] {
  const pieces: string[] = [];
  let rest = [...sentence];
  while (fullWidthBytes(rest.join('')) > MAX_SENTENCE_BYTES) {
    let end = 0;
    for (let bytes = 0; end < rest.length; end += 1) {
      bytes += fullWidthBytes(rest[end] ?? '');
      if (bytes > MAX_SENTENCE_BYTES) break;
    }
    let cut = rest.slice(0, end).lastIndexOf('、') + 1;
    // A pause in the first quarter would leave a stump; then any place that tears nothing is better.
    if (cut < end / 4) {
      cut = end;
      while (cut > end / 2 && tears(rest[cut - 1] ?? '', rest[cut] ?? '')) cut -= 1;
      if (cut <= end / 2) cut = end;
    }
    pieces.push(rest.slice(0, cut).join(''));
    rest = rest.slice(cut);
  }
  pieces.push(rest.join(''));
  return pieces;
}

/**
 * Splits a normalised text into what the synthesiser takes at once. Each sentence keeps its ending; what holds nothing
 * to say (only symbols, nothing at all) gives no sentence, because Open JTalk would make noise of it.
 */
export function splitSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[。？])|[\r\n]+/u)
    .map((sentence) => sentence.trim())
    .flatMap(cutByLength)
    .filter((sentence) => SPEAKABLE.test(sentence));
}
