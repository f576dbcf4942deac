import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const STYLESHEET = /@fontsource\/noto-sans-jp\/400\.css$/;
/** The 120 Japanese subsets ('[0]' … '[119]') and plain Latin; no Cyrillic or Vietnamese. */
const WANTED_FACE = /noto-sans-jp-(?:\[\d+\]|latin)-400-normal \*\//;

/**
 * Makes one stylesheet of weights 400 and 700 from fontsource's 400: only woff2, only what Japanese text needs. Both weights of
 * a subset lie side by side, so that gzip writes their long `unicode-range` once (31 instead of 61 kB).
 */
export function notoSansJp(): Plugin {
  return {
    name: 'noto-sans-jp',
    enforce: 'pre',
    async load(id) {
      if (!STYLESHEET.test(id)) return null;
      const faces = (await readFile(id, 'utf8'))
        .split(/(?=\/\* noto-sans-jp-)/)
        .filter((face) => WANTED_FACE.test(face));
      if (faces.length < 100) this.error('fontsource has changed the shape of its stylesheet');
      return faces
        .map((face) => face.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/, ''))
        .flatMap((face) => [
          face,
          face.replaceAll('-400-', '-700-').replace('font-weight: 400', 'font-weight: 700'),
        ])
        .join('\n');
    },
  };
}
