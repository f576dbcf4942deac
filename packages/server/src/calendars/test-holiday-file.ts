import { defaultHolidays } from '@madoguchi/flow';

/** For tests: lines as 内閣府's syukujitsu.csv has them, from the days of the bundled set up to a year. */
export function officialLines(
  lastYear: number,
  changes: Readonly<Record<string, string>> = {},
): readonly string[] {
  const days = new Map([...defaultHolidays, ...Object.entries(changes)]);
  return [
    '国民の祝日・休日月日,国民の祝日・休日名称',
    ...[...days]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .filter(([date]) => Number(date.slice(0, 4)) <= lastYear)
      .map(([date, name]) => {
        const [year, month, day] = date.split('-').map(Number);
        return `${year}/${month}/${day},${/振替休日$|^国民の休日$/.test(name) ? '休日' : name}`;
      }),
  ];
}

/** The bytes of a text in CP932, by the decoder that reads it: every pair of bytes is looked up. */
export function inCp932(text: string): Buffer {
  const decoder = new TextDecoder('shift_jis');
  const codes = new Map<string, readonly number[]>();
  for (let low = 0x00; low < 0x80; low++) codes.set(String.fromCharCode(low), [low]);
  for (let lead = 0x81; lead <= 0x9f; lead++) addPairs(lead);
  for (let lead = 0xe0; lead <= 0xfc; lead++) addPairs(lead);
  return Buffer.from([...text].flatMap((character) => codes.get(character) ?? []));

  function addPairs(lead: number): void {
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
}
