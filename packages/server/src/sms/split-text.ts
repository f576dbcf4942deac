/** Units that fit one short message without a concatenation header (140 octets, two per unit). */
export const singlePartUnits = 70;
/** Units beside the six octets of an 8-bit concatenation header (3GPP TS 23.040, 9.2.3.24.1). */
export const concatenatedPartUnits = 67;
/** The longest text that every Japanese carrier delivers as one, in UTF-16 units (docomo: 660 full-width characters). */
export const longestTextUnits = 660;

/**
 * Cuts a text into the parts of one concatenated message: at most 70 UTF-16 units alone, else at most `partUnits` a part. A
 * surrogate pair stays in one part, because a telephone decodes some parts before it joins them. 660 units always fit ten parts of
 * 67, and eleven of 66.
 *
 * @param text well-formed UTF-16; a lone surrogate is replaced by U+FFFD
 */
export function splitText(text: string, partUnits = concatenatedPartUnits): readonly string[] {
  const whole = text.toWellFormed();
  if (whole.length <= singlePartUnits) return [whole];
  const parts: string[] = [];
  let start = 0;
  while (start < whole.length) {
    let end = Math.min(start + partUnits, whole.length);
    if (end < whole.length && isLowSurrogate(whole.charCodeAt(end))) end -= 1;
    parts.push(whole.slice(start, end));
    start = end;
  }
  return parts;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
