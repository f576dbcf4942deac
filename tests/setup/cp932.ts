/** Bytes of CP932 for every character that a Japanese clerk's keyboard writes, by what the platform's own decoder reads of them. */
const BYTES: ReadonlyMap<string, Buffer> = (() => {
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const found = new Map<string, Buffer>();
  const note = (bytes: Buffer) => {
    try {
      const read = decoder.decode(bytes);
      if ([...read].length === 1 && !found.has(read)) found.set(read, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let byte = 0; byte <= 0xff; byte += 1) note(Buffer.of(byte));
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) note(Buffer.of(lead, trail));
  return found;
})();

/** @throws where CP932 has no such character */
export function cp932Of(text: string): Buffer {
  return Buffer.concat(
    [...text].map((character) => {
      const bytes = BYTES.get(character);
      if (bytes === undefined)
        throw new Error(`CP932 cannot write U+${character.codePointAt(0)?.toString(16)}`);
      return bytes;
    }),
  );
}
