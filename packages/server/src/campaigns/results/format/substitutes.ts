import { isWritableInCp932 } from './cp932.ts';

/** 「げた」: what printers have always put where a character was missing. */
export const MISSING = '〓';

/** Signs that other systems write where Windows has its own for the same: nothing is lost by them. */
const SAME_SIGN: Readonly<Record<string, string>> = {
  '〜': '～',
  '−': '－',
  '‖': '∥',
  '—': '―',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
  '¥': '￥',
};

/** Standardised variants and IVS (Unicode 23.4, UTS #37). */
const VARIATION_SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

export type Replaced = { readonly character: string; readonly substitute: string };

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/**
 * The text as CP932 can hold it, with all that was replaced, in order. A character is what a reader sees as one: with its variation selector or
 * its separate ゛. Staff's own substitute comes first, then what is the same character without its variant, else 〓.
 */
export function withSubstitutes(
  text: string,
  own: Readonly<Record<string, string>>,
): { readonly text: string; readonly replaced: readonly Replaced[] } {
  if (isWritableInCp932(text)) return { text, replaced: [] };
  const replaced: Replaced[] = [];
  const written = [...segmenter.segment(text)].map(({ segment }) => {
    if (isWritableInCp932(segment)) return segment;
    const substitute = substituteFor(segment, own);
    replaced.push({ character: segment, substitute });
    return substitute;
  });
  return { text: written.join(''), replaced };
}

function substituteFor(character: string, own: Readonly<Record<string, string>>): string {
  const candidates = [
    Object.hasOwn(own, character) ? own[character] : undefined,
    SAME_SIGN[character],
    character.normalize('NFC'),
    character.replace(VARIATION_SELECTORS, ''),
  ];
  const found = candidates.find((one) => one !== undefined && isWritableInCp932(one));
  // A selector alone, without its character, is nothing that anybody sees.
  return found ?? MISSING;
}

/** 'U+845B U+E0100' */
export function codePointsOf(character: string): string {
  return [...character]
    .map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
}
