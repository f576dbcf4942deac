import type { BundleDraft, DraftNode, FlowDraft } from '../draft.ts';
import { writtenFlow } from '../make-runnable.ts';
import { nodeKind } from '../nodes/registry.ts';
import { voiceName } from '../voices.ts';
import { settingWord, valueWords } from './setting-words.ts';

/** One setting as it was and as it is to be, in words. */
export type SettingChange = {
  /** What staff call it. */
  readonly setting: string;
  readonly before: string;
  readonly after: string;
};

export type NodeChange = {
  readonly flowId: string;
  readonly flowName: string;
  /** Null: the flow itself (its name, where it begins). */
  readonly nodeId: string | null;
  readonly title: string;
  readonly kindLabel: string;
  readonly type: 'added' | 'removed' | 'changed';
  readonly settings: readonly SettingChange[];
};

/**
 * What is otherwise in `after` than in `before` (null: nothing was there), node by node, in words for people who must answer for it. Defaults
 * are written out on both sides; places on the canvas do not count.
 */
export function difference(before: BundleDraft | null, after: BundleDraft): readonly NodeChange[] {
  const ids = new Set([...Object.keys(after.flows), ...Object.keys(before?.flows ?? {})]);
  return [...ids].flatMap((flowId) => flowDifference(before?.flows[flowId], after.flows[flowId]));
}

function flowDifference(older: FlowDraft | undefined, newer: FlowDraft | undefined): readonly NodeChange[] {
  const before = older === undefined ? undefined : writtenFlow(older);
  const after = newer === undefined ? undefined : writtenFlow(newer);
  const present = after ?? before;
  if (present === undefined) return [];
  const place = { flowId: present.id, flowName: present.name };
  const isVoiceChanged = before?.voice !== after?.voice;
  const own = settingsDifference(ownWordsOf(before, isVoiceChanged), ownWordsOf(after, isVoiceChanged));
  const ids = new Set([...Object.keys(before?.nodes ?? {}), ...Object.keys(after?.nodes ?? {})]);
  const nodes = [...ids].flatMap((nodeId): readonly NodeChange[] => {
    const old = before?.nodes[nodeId];
    const now = after?.nodes[nodeId];
    const settings = settingsDifference(wordsOf(before, old), wordsOf(after, now));
    const node = now ?? old;
    if (settings.length === 0 || node === undefined) return [];
    const kindLabel = nodeKind(node.kind)?.label ?? node.kind;
    return [
      { ...place, nodeId, title: node.title || kindLabel, kindLabel, type: typeOf(old, now), settings },
    ];
  });
  const flow: readonly NodeChange[] =
    own.length === 0
      ? []
      : [
          {
            ...place,
            nodeId: null,
            title: present.name,
            kindLabel: 'フロー',
            type: typeOf(before, after),
            settings: own,
          },
        ];
  return [...flow, ...nodes];
}

/** What a flow has beside its nodes. @param withVoice in a new flow with the usual voice there is nothing to tell of it. */
function ownWordsOf(flow: FlowDraft | undefined, withVoice: boolean): Readonly<Record<string, string>> {
  if (flow === undefined) return {};
  const values = flow.recipientValues ?? [];
  return {
    名前: flow.name,
    始まり: titleIn(flow, flow.startNodeId),
    ...(withVoice ? { 声: flow.voice === undefined ? 'いつもの声' : voiceName(flow.voice) } : {}),
    ...(values.length === 0 ? {} : { 配信先の値: valueWords('recipientValues', values) }),
  };
}

function typeOf(before: unknown, after: unknown): NodeChange['type'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

/** Every setting and way of a node, by what staff call it. */
function wordsOf(flow: FlowDraft | undefined, node: DraftNode | undefined): Readonly<Record<string, string>> {
  if (flow === undefined || node === undefined) return {};
  const binding = nodeKind(node.kind)?.bind(node);
  const branches = binding?.ok ? binding.node.branches : [];
  const { next, at: _, kind, ...settings } = node;
  return {
    種類: nodeKind(kind)?.label ?? kind,
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [settingWord(name), valueWords(name, value)]),
    ),
    ...Object.fromEntries(
      Object.entries(next).map(([branch, target]) => [
        `「${branches.find(({ name }) => name === branch)?.label ?? branch}」の行き先`,
        titleIn(flow, target),
      ]),
    ),
  };
}

function titleIn(flow: FlowDraft, nodeId: string): string {
  const node = flow.nodes[nodeId];
  return node === undefined ? 'なし' : node.title || (nodeKind(node.kind)?.label ?? node.kind);
}

function settingsDifference(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly SettingChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((setting) => ({ setting, before: before[setting] ?? 'なし', after: after[setting] ?? 'なし' }))
    .filter((change) => change.before !== change.after);
}
