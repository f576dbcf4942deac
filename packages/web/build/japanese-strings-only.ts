import type { Plugin } from 'vite';

const STRINGS_OF_A_LOCALE =
  /\/react-(?:aria|stately|aria-components)\/dist\/private\/intl\/(?:.*\/)?([a-z]{2}-[A-Z]{2})\.mjs$/;

/** React Aria carries its words in 34 languages; the page is Japanese (and falls back to English). */
export function japaneseStringsOnly(): Plugin {
  return {
    name: 'japanese-strings-only',
    enforce: 'pre',
    load(id) {
      const locale = STRINGS_OF_A_LOCALE.exec(id)?.[1];
      if (locale === undefined || locale === 'ja-JP' || locale === 'en-US') return null;
      return 'export default {};';
    },
  };
}
