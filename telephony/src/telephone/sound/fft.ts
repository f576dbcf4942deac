/**
 * Fourier transform in place, radix 2; `re` and `im` have the same power of two as length. `inverse` is unscaled as well:
 * divide by the length.
 * @throws RangeError for another length.
 */
export function fft(re: Float64Array, im: Float64Array, inverse = false): void {
  const size = re.length;
  if (size !== im.length || size < 1 || (size & (size - 1)) !== 0)
    throw new RangeError('the length must be a power of two');
  for (let at = 1, swap = 0; at < size; at++) {
    let bit = size >> 1;
    for (; (swap & bit) !== 0; bit >>= 1) swap ^= bit;
    swap ^= bit;
    if (at >= swap) continue;
    const r = re[at] ?? 0;
    const i = im[at] ?? 0;
    re[at] = re[swap] ?? 0;
    im[at] = im[swap] ?? 0;
    re[swap] = r;
    im[swap] = i;
  }
  const half = size >> 1;
  const cos = new Float64Array(half);
  const sin = new Float64Array(half);
  for (let at = 0; at < half; at++) {
    const angle = (2 * Math.PI * at) / size;
    cos[at] = Math.cos(angle);
    sin[at] = inverse ? Math.sin(angle) : -Math.sin(angle);
  }
  for (let length = 2; length <= size; length *= 2) {
    const middle = length >> 1;
    const step = size / length;
    for (let begin = 0; begin < size; begin += length) {
      for (let at = 0, turn = 0; at < middle; at++, turn += step) {
        const low = begin + at;
        const high = low + middle;
        const c = cos[turn] ?? 0;
        const s = sin[turn] ?? 0;
        const hr = re[high] ?? 0;
        const hi = im[high] ?? 0;
        const r = hr * c - hi * s;
        const i = hr * s + hi * c;
        const lr = re[low] ?? 0;
        const li = im[low] ?? 0;
        re[high] = lr - r;
        im[high] = li - i;
        re[low] = lr + r;
        im[low] = li + i;
      }
    }
  }
}
