import { HolidayFileError, type HolidaySet, incompleteYears, parseHolidayCsv } from '@madoguchi/flow';

/**
 * Reads 内閣府's file as it comes (CP932), or as somebody saved it again (UTF-8). Throws HolidayFileError, whose message names the line.
 */
export function readHolidayFile(content: Buffer): HolidaySet {
  const holidays = parseHolidayCsv(textOf(content));
  const [cutOff] = incompleteYears(holidays);
  if (cutOff !== undefined) {
    throw new HolidayFileError(
      `${cutOff}年の祝日が足りません。ファイルが途中で切れているおそれがあります。もう一度ダウンロードしてください。`,
    );
  }
  return holidays;
}

function textOf(content: Buffer): string {
  return (
    decoded(content, 'utf-8') ??
    decoded(content, 'shift_jis') ??
    fail('ファイルの文字を読み取れません。内閣府の「国民の祝日」CSVを、そのまま選んでください。')
  );
}

function decoded(content: Buffer, encoding: 'utf-8' | 'shift_jis'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function fail(message: string): never {
  throw new HolidayFileError(message);
}
