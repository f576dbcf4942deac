import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundleOfFlows } from '../bundle-of-flows.ts';
import { check } from '../check/check.ts';
import { type BundleDraft, FlowDraftSchema } from '../draft.ts';
import { exampleParameters } from '../templates/flow-template.ts';
import { flowTemplates } from '../templates/registry.ts';
import { arbitraryBundle } from '../testing/arbitrary-flow.ts';
import { bundleOf, ends, say, surroundings } from '../testing/test-bundle.ts';
import { exportFlows } from './export-flows.ts';
import type { FlowFile } from './flow-file.ts';
import { readFlowFile } from './read-flow-file.ts';
import { renameFlows } from './rename-flows.ts';

const runs = { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 1_000 : 100 };
const fileOf = (flows: FlowFile['flows']): FlowFile => ({
  exportedAt: '2026-04-01T09:00:00+09:00',
  flows,
  announcements: [],
  readings: [],
});

function exported(file: FlowFile): string {
  const made = exportFlows(file);
  if (made.ok) return made.text;
  throw new Error(made.problems.map(({ place, message }) => `${place}: ${message}`).join('\n'));
}

function read(text: string): FlowFile {
  const reading = readFlowFile(text);
  if (reading.ok) return reading.file;
  throw new Error(reading.problems.map(({ place, message }) => `${place}: ${message}`).join('\n'));
}

/** The entry first. */
const flowsOf = ({ flows, entryFlowId }: BundleDraft): FlowFile['flows'] =>
  Object.values(flows).toSorted(
    (one, other) => Number(other.id === entryFlowId) - Number(one.id === entryFlowId),
  );

test('what is exported is read again as flows of which the checker says the same', () => {
  fc.assert(
    fc.property(arbitraryBundle, (bundle) => {
      const { flows } = read(exported(fileOf(flowsOf(bundle))));
      const again = bundleOfFlows(bundle.bundleId, flows);
      expect(again.entryFlowId).toBe(bundle.entryFlowId);
      expect(check(again, surroundings)).toEqual(check({ ...bundle, flows: again.flows }, surroundings));
      expect(new Set(check(again, surroundings).map(({ code }) => code))).toEqual(
        new Set(check(bundle, surroundings).map(({ code }) => code)),
      );
    }),
    runs,
  );
});

test('what was read is exported as the same text, to the letter', () => {
  fc.assert(
    fc.property(arbitraryBundle, (bundle) => {
      const text = exported(fileOf(flowsOf(bundle)));
      expect(exported(read(text))).toBe(text);
    }),
    runs,
  );
});

test('every template can be exported and read, with its places on the canvas, announcements and readings', () => {
  for (const template of flowTemplates) {
    const [first, ...rest] = template.make(exampleParameters(template));
    if (first === undefined) throw new Error('a template makes a flow');
    const nodes = Object.entries(first.nodes).map(([id, node], index) => [
      id,
      { ...node, at: { x: index * 10.5, y: -3 } },
    ]);
    const file: FlowFile = {
      ...fileOf([FlowDraftSchema.parse({ ...first, nodes: Object.fromEntries(nodes) }), ...rest]),
      announcements: [{ announcementId: 'hello', name: '挨拶', prompt: { type: 'text', text: 'はい。' } }],
      readings: [{ surface: '見本市', reading: 'ミホンシ', accent: 3 }],
    };
    const back = read(exported(file));
    expect(back.announcements).toEqual(file.announcements);
    expect(back.readings).toEqual(file.readings);
    expect(Object.values(back.flows[0]?.nodes ?? {}).map(({ at }) => at?.x)).toEqual(
      nodes.map((_node, index) => index * 10.5),
    );
  }
});

test('a draft that lacks what a node cannot be without is refused when it is exported, with the place', () => {
  const { flows } = bundleOf({ ask: { kind: 'digits', title: '番号', prompt: say('番号を。') }, ...ends });
  expect(exportFlows(fileOf(Object.values(flows)))).toEqual({
    ok: false,
    problems: [
      { place: 'フロー「main」のノード「番号」', message: '値の名前がありません。' },
      { place: 'フロー「main」のノード「番号」', message: '最小の桁数がありません。' },
      { place: 'フロー「main」のノード「番号」', message: '最大の桁数がありません。' },
    ],
  });
});

test('a draft that is not finished, but of the right shape, is kept as it is', () => {
  const { flows } = bundleOf({ menu: { kind: 'menu', title: '', prompt: say(''), choices: [] } });
  expect(read(exported(fileOf(Object.values(flows)))).flows[0]?.nodes['menu']).toMatchObject({
    choices: [],
    next: {},
  });
});

test('flows under new ids go to each other as before', () => {
  const bundle = bundleOf({ go: { kind: 'goToFlow', flowId: 'other' } }, { other: ends });
  const newIds = new Map([
    ['main', 'main-2'],
    ['other', 'other-2'],
  ]);
  const again = bundleOfFlows('test', renameFlows(flowsOf(bundle), newIds));
  expect(Object.keys(again.flows)).toEqual(['main-2', 'other-2']);
  expect(again.flows['main-2']?.nodes['go']?.['flowId']).toBe('other-2');
});

test('values of a recipient go out and come back, and a flow of before has none', () => {
  const main = bundleOf({ bye: ends.bye }).flows['main'];
  const values = [
    { name: '宛名', readAs: 'text', isPersonal: true, example: 'ミホン タロウ' },
    { name: '担当', readAs: 'text', isPersonal: false, example: '' },
  ];
  const flow = FlowDraftSchema.parse({ ...main, recipientValues: values });
  expect(read(exported(fileOf([flow]))).flows[0]?.recipientValues).toEqual(values);
  const [without] = read(exported(fileOf([FlowDraftSchema.parse(main)]))).flows;
  expect(without).not.toHaveProperty('recipientValues');
});
