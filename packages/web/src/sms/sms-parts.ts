/** Longest text that every carrier delivers, in UTF-16 units (docomo; others take 670). */
export const SMS_LONGEST_UNITS = 660;
/** One UCS-2 message carries 140 octets; as a part of several it gives 6 of them to the header (3GPP TS 23.040 §9.2.3.24.1). */
const ALONE_UNITS = 70;
const PART_UNITS = 67;

/**
 * Into how many messages a text is cut: pairs of surrogates are never torn apart. 0 for an empty text.
 * @param partUnits UTF-16 units in each of several parts: 67 with the usual header, 66 with the wider one
 */
export function smsPartCount(text: string, partUnits = PART_UNITS): number {
  if (text.length === 0) return 0;
  if (text.length <= ALONE_UNITS) return 1;
  let parts = 1;
  let unitsInPart = 0;
  for (const character of text) {
    if (unitsInPart + character.length > partUnits) {
      parts += 1;
      unitsInPart = 0;
    }
    unitsInPart += character.length;
  }
  return parts;
}
