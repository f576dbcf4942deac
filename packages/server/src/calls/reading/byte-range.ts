/** The part of a file that an answer carries, both ends inclusive. */
export type ByteRange =
  | { readonly type: 'whole' }
  | { readonly type: 'part'; readonly first: number; readonly last: number }
  | { readonly type: 'unsatisfiable' };

/**
 * Reads a Range header (RFC 9110 §14.1.2, §14.2). Several ranges at once, other units and malformed headers give the whole file, as
 * the RFC allows; players ask for one range.
 */
export function byteRangeOf(header: string | undefined, sizeBytes: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return { type: 'whole' };
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return { type: 'whole' };
  if (from === '') {
    const lengthBytes = Math.min(Number(to), sizeBytes);
    return lengthBytes === 0
      ? { type: 'unsatisfiable' }
      : { type: 'part', first: sizeBytes - lengthBytes, last: sizeBytes - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return { type: 'whole' };
  if (first >= sizeBytes) return { type: 'unsatisfiable' };
  return { type: 'part', first, last: to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
}
