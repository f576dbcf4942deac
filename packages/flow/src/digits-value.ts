import { Temporal } from 'temporal-polyfill';
import type { ReadAs } from './read-as.ts';

/**
 * The plain form in which keyed digits are kept: dates '1980-01-31', times '09:30', others as keyed. Null where they are none
 * (a 31st of February, 25 o'clock).
 */
export function valueOfDigits(digits: string, readAs: ReadAs): string | null {
  if (readAs === 'date') {
    if (digits.length !== 8) return null;
    const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
    return isDate(iso) ? iso : null;
  }
  if (readAs === 'time') {
    const isTime = digits.length === 4 && Number(digits.slice(0, 2)) < 24 && Number(digits.slice(2)) < 60;
    return isTime ? `${digits.slice(0, 2)}:${digits.slice(2)}` : null;
  }
  return digits;
}

/** Temporal says by an exception that a date does not exist: that is the answer here, not a failure. */
function isDate(iso: string): boolean {
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString() === iso;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
