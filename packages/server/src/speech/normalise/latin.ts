const LETTERS: Readonly<Record<string, string>> = {
  ...{
    a: 'エー',
    b: 'ビー',
    c: 'シー',
    d: 'ディー',
    e: 'イー',
    f: 'エフ',
    g: 'ジー',
    h: 'エイチ',
    i: 'アイ',
  },
  ...{
    j: 'ジェー',
    k: 'ケー',
    l: 'エル',
    m: 'エム',
    n: 'エヌ',
    o: 'オー',
    p: 'ピー',
    q: 'キュー',
    r: 'アール',
  },
  ...{ s: 'エス', t: 'ティー', u: 'ユー', v: 'ブイ', w: 'ダブリュー', x: 'エックス', y: 'ワイ', z: 'ゼット' },
  ...{
    '0': 'ゼロ',
    '1': 'イチ',
    '2': 'ニー',
    '3': 'サン',
    '4': 'ヨン',
    '5': 'ゴー',
    '6': 'ロク',
    '7': 'ナナ',
  },
  ...{
    '8': 'ハチ',
    '9': 'キュー',
    '.': 'ドット、',
    '/': 'スラッシュ、',
    '-': 'ハイフン、',
    _: 'アンダーバー、',
  },
  ...{
    '@': 'アットマーク、',
    ':': 'コロン、',
    '?': 'ハテナ、',
    '=': 'イコール、',
    '&': 'アンド、',
    '#': 'シャープ、',
    '~': 'チルダ、',
  },
};
const MAIL = /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/gu;
const URL_WITH_SCHEME = /https?:\/\/[A-Za-z0-9._~:/?#@!$&*+,;=%-]+/giu;
const HOST =
  /(?<![A-Za-z0-9.@-])(?:[A-Za-z0-9-]+\.)+(?:jp|com|net|org|info|example)(?:\/[A-Za-z0-9._~/?#=&-]*)?(?![A-Za-z0-9])/giu;

function spell(address: string): string {
  return [...address.toLowerCase()].map((letter) => LETTERS[letter] ?? '').join('');
}

/** Web and mail addresses are spelt letter by letter; the scheme (https://) is not said. */
export function speakNetworkAddresses(text: string): string {
  return (
    text
      .replace(MAIL, spell)
      .replace(URL_WITH_SCHEME, (url) => spell(url.replace(/^https?:\/\//iu, '').replace(/[/.,]+$/u, '')))
      .replace(HOST, (host) => spell(host.replace(/\/+$/u, '')))
      // Open JTalk says エイ.
      .replace(/(?<![A-Za-z])[Aa](?![A-Za-z])/gu, 'エー')
  );
}
