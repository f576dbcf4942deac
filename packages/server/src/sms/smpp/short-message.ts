import { concatenatedPartUnits, splitText } from '../split-text.ts';
import type { SmppSettings } from './settings.ts';

/** What one submit_sm carries of a text: its octets as UCS-2, and how they are joined with those of the other parts. */
export type ShortMessage = {
  /** `payload`: the octets go into message_payload, and short_message stays empty. */
  readonly place: 'shortMessage' | 'payload';
  readonly octets: Buffer;
  readonly hasUserDataHeader: boolean;
  /** The sar_ parameters (SMPP 3.4, 5.3.2.22 to 5.3.2.24), where these join the parts. */
  readonly segment: { readonly reference: number; readonly total: number; readonly part: number } | null;
};

type LongText = SmppSettings['longText'];

/** Units beside the seven octets of a 16-bit concatenation header, in 140 octets. */
const widerHeaderPartUnits = 66;

/** UTF-16 units in each part of a longer text. Where the gateway cuts the text itself, it cuts as with the 8-bit header. */
export function partUnitsOf(longText: LongText): number {
  return longText === 'udh16' ? widerHeaderPartUnits : concatenatedPartUnits;
}

/**
 * The submits of a text: UCS-2 (data_coding 8, big-endian UTF-16), several parts joined in the way that the contract names.
 * @param reference counts the texts to one telephone upward, from any start; the ways cut it to the width they have
 */
export function toShortMessages(
  text: string,
  longText: LongText,
  reference: number,
): readonly ShortMessage[] {
  const bare = { place: 'shortMessage', hasUserDataHeader: false, segment: null } as const;
  const parts = splitText(text, partUnitsOf(longText));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return [{ ...bare, octets: toUcs2(only) }];
  const total = parts.length;
  switch (longText) {
    case 'udh8':
      return parts.map((part, index) => ({
        ...bare,
        octets: Buffer.concat([userDataHeader8(reference % 256, total, index + 1), toUcs2(part)]),
        hasUserDataHeader: true,
      }));
    case 'udh16':
      return parts.map((part, index) => ({
        ...bare,
        octets: Buffer.concat([userDataHeader16(reference % 65_536, total, index + 1), toUcs2(part)]),
        hasUserDataHeader: true,
      }));
    case 'sar':
      // A reference above 255 would make the gateway write the wider header, for which these parts are two octets too long.
      return parts.map((part, index) => ({
        ...bare,
        octets: toUcs2(part),
        segment: { reference: reference % 256, total, part: index + 1 },
      }));
    case 'payload':
      return [{ ...bare, place: 'payload', octets: toUcs2(text.toWellFormed()) }];
  }
}

/** 3GPP TS 23.040, 9.2.3.24.1. */
function userDataHeader8(reference: number, total: number, part: number): Buffer {
  return Buffer.from([5, 0x00, 3, reference, total, part]);
}

/** 3GPP TS 23.040, 9.2.3.24.8. */
function userDataHeader16(reference: number, total: number, part: number): Buffer {
  return Buffer.from([6, 0x08, 4, reference >> 8, reference & 0xff, total, part]);
}

function toUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}
