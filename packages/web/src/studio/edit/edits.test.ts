import {
  type DraftNode,
  type FlowDraft,
  FlowDraftSchema,
  LANGUAGE_VERSION,
  nodeKind,
  nodeKinds,
} from '@madoguchi/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addNode,
  changeNode,
  connect,
  copyNodes,
  moveNodes,
  pasteNodes,
  removeNodes,
  setRecipientValues,
  speakIn,
} from './edits.ts';
import { beginHistory, change, redo, undo } from './history.ts';
import { choose, merge } from './merge.ts';
import { newNode } from './new-node.ts';
import { firstBranchOf, waysOut } from './ways-out.ts';

function emptyFlow(): FlowDraft {
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: 'main',
    name: '試し',
    startNodeId: '',
    nodes: {},
  });
}

function greeting(flow: FlowDraft): FlowDraft {
  return addNode(flow, 'announcement', { at: { x: 0, y: 0 }, firstBranch: 'next' }).flow;
}

/** Greeting, menu, end. */
function small(): FlowDraft {
  const begun = greeting(emptyFlow());
  const way = { nodeId: 'announcement-1', branch: 'next' };
  const withMenu = addNode(begun, 'menu', { at: { x: 0, y: 1 }, from: way, firstBranch: 'key:1' }).flow;
  const key = { nodeId: 'menu-1', branch: 'key:1' };
  return addNode(withMenu, 'end', { at: null, from: key, firstBranch: null }).flow;
}

test.each(nodeKinds.map(({ kind }) => kind))('a new %s shows its ways out at once', (kind) => {
  const node = newNode(kind, null);
  expect(nodeKind(kind)?.bind(node)).toMatchObject({ ok: true });
  expect(node.title).not.toBe('');
});

test('a node put into a way lets the way go on behind it', () => {
  const flow = small();
  expect(flow.startNodeId).toBe('announcement-1');
  const way = { nodeId: 'announcement-1', branch: 'next' };
  const put = addNode(flow, 'openingHours', { at: null, from: way, firstBranch: 'open' });
  expect(put.flow.nodes['announcement-1']?.next).toEqual({ next: put.nodeId });
  expect(put.flow.nodes[put.nodeId]?.next).toEqual({ open: 'menu-1' });
});

test('a node that is taken out leaves no way that leads to it', () => {
  const flow = removeNodes(small(), new Set(['menu-1']));
  expect(Object.keys(flow.nodes)).toEqual(['announcement-1', 'end-1']);
  expect(flow.nodes['announcement-1']?.next).toEqual({});
  expect(removeNodes(small(), new Set(['announcement-1'])).startNodeId).toBe('');
});

test('copies keep the ways among them and none to elsewhere', () => {
  const flow = small();
  const pasted = pasteNodes(flow, copyNodes(flow, new Set(['announcement-1', 'menu-1'])), { x: 40, y: 40 });
  expect(pasted.nodeIds).toEqual(['announcement-2', 'menu-2']);
  expect(pasted.flow.nodes['announcement-2']).toMatchObject({
    next: { next: 'menu-2' },
    at: { x: 40, y: 40 },
  });
  expect(pasted.flow.nodes['menu-2']?.next).toEqual({});
  expect(pasted.flow.nodes['menu-1']).toBe(flow.nodes['menu-1']);
});

test('a way that the settings no longer have stays in sight', () => {
  const flow = changeNode(small(), 'menu-1', { choices: [] });
  const node = flow.nodes['menu-1'];
  expect(node && waysOut(node).find(({ branch }) => branch === 'key:1')).toMatchObject({ target: 'end-1' });
});

test('typing one text is one step to undo', () => {
  let history = beginHistory(small());
  for (const title of ['あ', 'あい', 'あいさつ']) {
    history = change(history, changeNode(history.present, 'menu-1', { title }), 'menu-1.title');
  }
  history = change(history, moveNodes(history.present, new Map([['menu-1', { x: 5, y: 5 }]])));
  const back = undo(undo(history));
  expect(back.present).toEqual(small());
  expect(redo(redo(back)).present).toBe(history.present);
});

const aNode = fc.constantFrom('announcement', 'menu', 'end').map((kind): DraftNode => newNode(kind, null));
const aChange = fc.record({
  id: fc.constantFrom('announcement-1', 'menu-1', 'end-1', 'sms-1'),
  node: fc.option(
    aNode.map((node) => ({ ...node, title: `${node.kind}を変えた` })),
    { nil: null },
  ),
});

function changed(flow: FlowDraft, changes: readonly { id: string; node: DraftNode | null }[]): FlowDraft {
  const nodes = { ...flow.nodes };
  for (const { id, node } of changes) {
    if (node === null) delete nodes[id];
    else nodes[id] = node;
  }
  return { ...flow, nodes };
}

test("two people's changes become one, and what both changed is never overwritten unseen", () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 3 }), fc.array(aChange, { maxLength: 3 }), (one, other) => {
      const base = small();
      const mine = changed(base, one);
      const theirs = changed(base, other);
      const merged = merge(base, mine, theirs);
      for (const id of new Set([base, mine, theirs].flatMap((flow) => Object.keys(flow.nodes)))) {
        const [b, m, t, r] = [base, mine, theirs, merged.flow].map((flow) => JSON.stringify(flow.nodes[id]));
        if (m === b) expect(r).toBe(t);
        else if (t === b || t === m) expect(r).toBe(m);
        else expect(merged.conflicts).toContain(id);
      }
      const all = merged.conflicts.reduce((flow, id) => choose(flow, theirs, id), merged.flow);
      expect(merge(base, all, theirs).conflicts).toEqual(
        // A node that I took out and the other changed comes back as theirs: no conflict is left.
        [],
      );
    }),
  );
});

test('moving a node on the canvas is no conflict with a changed text', () => {
  const base = small();
  const mine = moveNodes(base, new Map([['menu-1', { x: 9, y: 9 }]]));
  const theirs = changeNode(base, 'menu-1', { title: '用件' });
  const { flow, conflicts } = merge(base, mine, theirs);
  expect(conflicts).toEqual([]);
  expect(flow.nodes['menu-1']).toMatchObject({ title: '用件', at: { x: 9, y: 9 } });
});

test('a voice that a colleague chose is taken in; of two different ones somebody must choose', () => {
  const base = small();
  const theirs = speakIn(base, 'nitech');
  expect(merge(base, base, theirs)).toMatchObject({
    flow: { voice: 'nitech' },
    conflicts: [],
    isChanged: true,
  });
  const both = merge(base, speakIn(base, 'meiHappy'), theirs);
  expect(both).toMatchObject({ flow: { voice: 'meiHappy' }, conflicts: [''] });
  expect(choose(both.flow, theirs, '').voice).toBe('nitech');
});

test('a way can be led elsewhere and nowhere', () => {
  const way = { nodeId: 'menu-1', branch: 'noKey' };
  const led = connect(small(), way, 'end-1');
  expect(led.nodes['menu-1']?.next).toEqual({ 'key:1': 'end-1', noKey: 'end-1' });
  expect(connect(led, way, null)).toEqual(small());
  const end = small().nodes['end-1'];
  expect(end && firstBranchOf(end)).toBe(null);
});

test('values of a recipient that one person adds stay when another changes a node, and both changing them is a conflict', () => {
  const value = (name: string) => ({ name, readAs: 'text' as const, isPersonal: true, example: '' });
  const base = small();
  const mine = setRecipientValues(base, [value('宛名')]);
  const theirs = changeNode(base, 'menu-1', { title: '用件' });
  const merged = merge(base, theirs, mine);
  expect(merged.conflicts).toEqual([]);
  expect(merged.flow.recipientValues).toEqual([value('宛名')]);
  const both = merge(base, mine, setRecipientValues(base, [value('金額')]));
  expect(both.conflicts).toEqual(['']);
  expect(setRecipientValues(mine, [])).toEqual(base);
});
