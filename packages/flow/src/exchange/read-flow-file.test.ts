import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LARGEST_FILE_CHARS } from './flow-file.ts';
import { readFlowFile } from './read-flow-file.ts';

const say = (text: string) => ({ type: 'text', text });
const end = { kind: 'end', title: '終わり', farewell: say('失礼いたします。') };
const menu = {
  kind: 'menu',
  title: '用件の選択',
  prompt: say('加入については、1を。給付については、2を。'),
  choices: [
    { key: '1', label: '加入' },
    { key: '2', label: '給付' },
  ],
  next: { 'key:1': 'bye', 'key:2': 'bye', wrongKey: 'bye', noKey: 'bye' },
};

type Changes = { readonly file?: object; readonly flow?: object; readonly nodes?: object };

function fileWith({ file, flow, nodes }: Changes): string {
  const written = { languageVersion: 2, id: 'shikaku', name: '資格', startNodeId: 'main', ...flow };
  return JSON.stringify({
    format: 'madoguchi-flow',
    formatVersion: 1,
    languageVersion: 2,
    exportedAt: '2026-04-01T09:00:00+09:00',
    flows: [{ nodes: { main: menu, bye: end, ...nodes }, ...written }],
    ...file,
  });
}

/** Each problem as a clerk reads it. */
function problemsOf(text: string): readonly string[] {
  const reading = readFlowFile(text);
  return reading.ok ? [] : reading.problems.map(({ place, message }) => `${place}: ${message}`);
}

const ID_RULE = '半角の英数字で始まり、英数字と「_」「-」だけでできた、64文字以内の名前';
const KEYS = '0、1、2、3、4、5、6、7、8、9、*、#';
const NEWER = 'この窓口を新しい版にしてから、読み込んでください。';

test('a file is read, also with a byte order mark before it', () => {
  const reading = readFlowFile(`\uFEFF${fileWith({})}`);
  expect(reading.ok && reading.file.flows.map(({ name }) => name)).toEqual(['資格']);
});

test.each<[string, Changes, readonly string[]]>([
  [
    'a choice with a key that no telephone has',
    { nodes: { main: { ...menu, choices: [{ key: '1' }, { key: 'A' }] } } },
    [
      `フロー「資格」のノード「用件の選択」の「選択肢」の2番目: キーは、次のどれかで書いてください（${KEYS}）。`,
    ],
  ],
  [
    'several faults in one node',
    { nodes: { main: { ...menu, prompt: undefined, timeoutMs: 5, interruptible: 'はい' } } },
    [
      'フロー「資格」のノード「用件の選択」: 案内がありません。',
      'フロー「資格」のノード「用件の選択」: キーで止める設定は、true か false の値で書いてください。',
      'フロー「資格」のノード「用件の選択」: キーを待つ時間は、1000以上にしてください。',
    ],
  ],
  [
    'a prompt of a kind that is none',
    { nodes: { main: { ...menu, prompt: { type: 'video', text: 'あ' } } } },
    ['フロー「資格」のノード「用件の選択」の「案内」: 種類は、次のどれかで書いてください（text、audio）。'],
  ],
  [
    'a choice that is none, in a node without a title',
    { nodes: { main: { ...menu, title: '', choices: ['1'] } } },
    ['フロー「資格」のノード「main」の「選択肢」の1番目: 内容は、{ } で囲んだまとまりで書いてください。'],
  ],
  [
    'no telephone to transfer to',
    { nodes: { staff: { kind: 'transfer', title: '職員', targets: [] } } },
    ['フロー「資格」のノード「職員」: 転送先は、1個以上にしてください。'],
  ],
  [
    'a branch that leads to no id',
    { nodes: { main: { ...menu, next: { noKey: 'あちら' } } } },
    [`フロー「資格」のノード「用件の選択」の「行き先」: noKeyは、${ID_RULE}で書いてください。`],
  ],
  [
    'a kind of node that is unknown',
    { nodes: { fax: { kind: 'fax', title: 'ファクス' } } },
    ['フロー「資格」のノード「ファクス」: 「fax」という種類のノードはありません。'],
  ],
  ['a node without a kind', { nodes: { what: {} } }, ['フロー「資格」のノード「what」: 種類がありません。']],
  [
    'a node with an id that is none',
    { nodes: { 受付: end } },
    [`フロー「資格」の「ノード」: 「受付」は、識別名として使えません。${ID_RULE}にしてください。`],
  ],
  [
    'a flow without a name',
    { flow: { name: undefined, startNodeId: 3 } },
    [
      '1番目のフロー: 名前がありません。',
      '1番目のフロー: 開始ノードは、引用符で囲んだ文字で書いてください。',
    ],
  ],
  [
    'two flows of one id',
    { file: { flows: [1, 2].map(() => JSON.parse(fileWith({})).flows[0]) } },
    ['2番目のフロー: 識別名「shikaku」が、1番目のフローと同じです。別の識別名にしてください。'],
  ],
  ['no flow', { file: { flows: [] } }, ['ファイル: フローは、1個以上にしてください。']],
  [
    'a reading without a word',
    { file: { readings: [{ surface: '', reading: 'ア' }] } },
    ['「読み」の1番目: 表記は、1文字以上にしてください。'],
  ],
  [
    'a time that is none',
    { file: { exportedAt: 'きのう' } },
    ['ファイル: 書き出した日時は、「2026-04-01T09:00:00+09:00」のような日時で書いてください。'],
  ],
  [
    'a file of a newer format',
    { file: { formatVersion: 2, flows: 'unknown' } },
    [
      `ファイル: 新しい版の窓口で作られたファイルです（ファイルの形式の版 2、この窓口で読めるのは 1 まで）。${NEWER}`,
    ],
  ],
  [
    'a file of a newer language',
    { file: { languageVersion: 3 } },
    [
      `ファイル: 新しい版の窓口で作られたフローです（フローの言語の版 3、この窓口で読めるのは 2 まで）。${NEWER}`,
    ],
  ],
  [
    'one flow of a newer language',
    { flow: { languageVersion: 9 } },
    [
      `フロー「資格」: 新しい版の窓口で作られたフローです（フローの言語の版 9、この窓口で読めるのは 2 まで）。${NEWER}`,
    ],
  ],
  [
    'a flow of an older language with a node that is broken',
    { flow: { languageVersion: 1 }, nodes: { what: { title: '案内' } } },
    ['フロー「資格」のノード「案内」: 種類がありません。'],
  ],
  [
    'a file of something else',
    { file: { format: 'calendar' } },
    ['ファイル: 窓口から書き出したフローのファイルではありません。'],
  ],
])('%s is refused with its place in words', (_what, changes, problems) => {
  expect(problemsOf(fileWith(changes))).toEqual(problems);
});

test('broken JSON is refused with line and column', () => {
  const broken = '{\n  "format": "madoguchi-flow"\n  "formatVersion": 1\n}';
  expect(problemsOf(broken)).toEqual([
    '3行目の3文字目: JSONとして読み取れません。かっこ、引用符、コンマの書き間違いがないか、お確かめください。',
  ]);
  expect(problemsOf('')).toHaveLength(1);
});

test('two nodes of one id are refused: one of them would be lost', () => {
  const twice = fileWith({}).replace('"bye":', '"main":');
  expect(problemsOf(twice)).toEqual([expect.stringContaining('「main」が二度書かれています')]);
});

test('a flow of an older language means what it meant', () => {
  const reading = readFlowFile(fileWith({ file: { languageVersion: 1 }, flow: { languageVersion: 1 } }));
  const node = reading.ok ? reading.file.flows[0]?.nodes['main'] : null;
  expect(node).toMatchObject({ repeatKey: null, noKey: { retries: 2 } });
});

test('a file that names very much that is wrong names the first fifty and counts the rest', () => {
  const nodes = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`n${index}`, { kind: 'fax' }]));
  const problems = problemsOf(fileWith({ nodes }));
  expect(problems).toHaveLength(51);
  expect(problems.at(-1)).toBe('ファイル: 直すところが、ほかに30か所あります。');
});

test('ten megabytes are refused before anything is read of them', () => {
  const large = fileWith({ flow: { name: 'あ'.repeat(10_000_000) } });
  const began = performance.now();
  expect(problemsOf(large)).toEqual([
    'ファイル: ファイルが大きすぎます。読み込めるのは、500万文字までです。',
  ]);
  expect(performance.now() - began).toBeLessThan(500);
});

test.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])('%s within each other to the limit of the size are refused', (_what, open, close) => {
  const depth = Math.floor(LARGEST_FILE_CHARS / (open.length + close.length)) - 1;
  const deep = open.repeat(depth) + (open === '[' ? '' : '1') + close.repeat(depth);
  expect(problemsOf(deep)).toEqual([expect.stringContaining('深すぎます')]);
});

test.each([
  '{"__proto__": {"isAdmin": true}}',
  fileWith({}).replace('"bye":', '"__proto__":'),
  fileWith({}).replace('"bye":', '"__pro\\u0074o__":'),
  fileWith({}).replace('"noKey":', '"__proto__":'),
])('__proto__ is refused wherever it stands: %#', (text) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining('「__proto__」という名前は使えません')]);
  expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
});

test('names that JavaScript knows are names like others', () => {
  const reading = readFlowFile(
    fileWith({ flow: { startNodeId: 'constructor' }, nodes: { constructor: end, toString: end } }),
  );
  expect(reading.ok && Object.keys(reading.file.flows[0]?.nodes ?? {})).toEqual(
    expect.arrayContaining(['constructor', 'toString']),
  );
});

test('whatever a file holds, it is read or refused with words, and nothing is thrown', () => {
  const text = fileWith({});
  const changed = fc
    .tuple(fc.nat(text.length), fc.nat(20), fc.oneof(fc.string(), fc.json({ maxDepth: 3 })))
    .map(([at, removed, put]) => text.slice(0, at) + put + text.slice(at + removed));
  const strange = fc
    .dictionary(fc.constantFrom('main', 'bye', 'constructor'), fc.jsonValue())
    .map((nodes) => fileWith({ nodes }));
  fc.assert(
    fc.property(fc.oneof(changed, strange, fc.json(), fc.string()), (each) => {
      const reading = readFlowFile(each);
      if (reading.ok) return;
      expect(reading.problems.length).toBeGreaterThan(0);
      for (const { place, message } of reading.problems) {
        expect(place).not.toBe('');
        expect(message).toMatch(/。$/);
      }
    }),
    { numRuns: 1_000 },
  );
});
