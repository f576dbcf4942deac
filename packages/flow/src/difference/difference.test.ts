import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundleOfFlows } from '../bundle-of-flows.ts';
import { type BundleDraft, BundleDraftSchema, FlowDraftSchema } from '../draft.ts';
import { exampleParameters } from '../templates/flow-template.ts';
import { levyTemplate } from '../templates/levy.ts';
import { changedTexts } from './changed-texts.ts';
import { difference } from './difference.ts';

const levy = bundleOfFlows(
  'b1',
  levyTemplate.make({ ...exampleParameters(levyTemplate), calendarId: 'city-hall' }),
);

const flow = levy.flows[levy.entryFlowId] ?? FlowDraftSchema.parse(null);

/** The template with one node's settings changed. */
function changed(nodeId: string, settings: object): BundleDraft {
  const nodes = { ...flow.nodes, [nodeId]: { ...flow.nodes[nodeId], ...settings } };
  return BundleDraftSchema.parse({ ...levy, flows: { [levy.entryFlowId]: { ...flow, nodes } } });
}

test('a changed text stands side by side with the one before', () => {
  const after = changed('goodbye', { farewell: { type: 'text', text: '失礼いたします。' } });
  expect(difference(levy, after)).toEqual([
    {
      flowId: levy.entryFlowId,
      flowName: flow.name,
      nodeId: 'goodbye',
      title: '終わりの挨拶',
      kindLabel: '終了',
      type: 'changed',
      settings: [
        { setting: '終わりの案内', before: 'お電話ありがとうございました。', after: '失礼いたします。' },
      ],
    },
  ]);
  expect(changedTexts(levy, after).map(({ prompt }) => prompt)).toEqual([
    { type: 'text', text: '失礼いたします。' },
  ]);
});

test('where a way leads is told by the names of nodes, and times in seconds', () => {
  const menu = flow.nodes['mainMenu'];
  const after = changed('mainMenu', { next: { ...menu?.next, noKey: 'goodbye' }, timeoutMs: 15_000 });
  expect(difference(levy, after)[0]?.settings).toEqual([
    { setting: '待つ時間', before: '10秒', after: '15秒' },
    { setting: '「無操作」の行き先', before: expect.any(String), after: '終わりの挨拶' },
  ]);
});

test('a place on the canvas and a default that is written out are no difference', () => {
  expect(difference(levy, changed('goodbye', { at: { x: 5, y: 5 } }))).toEqual([]);
  expect(difference(levy, changed('mainMenu', { timeoutMs: 10_000 }))).toEqual([]);
  expect(changedTexts(levy, levy)).toEqual([]);
});

test('where nothing was before everything is new, and every text must be heard', () => {
  const all = difference(null, levy);
  expect(all.every(({ type }) => type === 'added')).toBe(true);
  expect(all).toHaveLength(Object.keys(flow.nodes).length + 1);
  expect(changedTexts(null, levy).length).toBeGreaterThan(20);
});

test('a text that stays but is read otherwise must be heard again', () => {
  const isRead = (text: string) => text.includes('お電話ありがとうございました');
  const texts = changedTexts(levy, levy, isRead).map(({ prompt }) => prompt.type === 'text' && prompt.text);
  expect(texts).not.toHaveLength(0);
  expect(texts.every((text) => text !== false && isRead(text))).toBe(true);
});

test('no changed setting goes unseen', () => {
  const ids = Object.keys(flow.nodes);
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.string({ minLength: 1 }), (nodeId, title) => {
      const before = flow.nodes[nodeId];
      const told = difference(levy, changed(nodeId, { title: `${before?.title}${title}` }));
      expect(told.map((change) => change.nodeId)).toContain(nodeId);
    }),
  );
});

test('values of a recipient that are added or changed are told', () => {
  const withValues = (recipientValues: object[]) =>
    BundleDraftSchema.parse({ ...levy, flows: { [levy.entryFlowId]: { ...flow, recipientValues } } });
  const [told] = difference(levy, withValues([{ name: '宛名', example: 'ミホン タロウ' }]));
  expect(told).toMatchObject({ nodeId: null, settings: [{ setting: '配信先の値', before: 'なし' }] });
  const changes = difference(
    withValues([{ name: '宛名' }]),
    withValues([{ name: '宛名', isPersonal: false }]),
  );
  expect(changes[0]?.settings[0]?.after).toContain('個人に関わる値：いいえ');
});
