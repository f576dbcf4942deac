import {
  type BundleDraft,
  exampleValuesFor,
  nodeKind,
  type Prompt,
  readableTextOf,
  SmsNodeSchema,
  type Value,
} from '@madoguchi/flow';

/** A text of a scenario with a recipient's values in it, and what it was made of, so that it can be heard as the call says it. */
export type SaidText = { readonly text: string; readonly prompt: Prompt };

/** A node that says or writes something. */
export type SayingNode = {
  readonly id: string;
  readonly title: string;
  /** `after`: only who was found to be the person meant hears it. */
  readonly when: 'before' | 'after';
  readonly said: readonly SaidText[];
  /** Text messages that the call sends here. */
  readonly written: readonly string[];
};

/** The kind of node that asks who is on the line, and its way on for the right person. */
const CHECK = { kind: 'identityCheck', matched: 'matched' } as const;
type Place = { readonly flowId: string; readonly nodeId: string };
type Bound = { readonly to: Place; readonly isMatched: boolean };

/**
 * All that a recipient may hear and read, in the order in which a call may come to it. A value that the recipient lacks is left out, as in
 * the call; what only the call can know (what is keyed in, the time) is an example.
 * @param now ms since the epoch
 */
export function textsFor(
  bundle: BundleDraft,
  values: Readonly<Record<string, Value>>,
  now: number,
): readonly SayingNode[] {
  const start = startOf(bundle, bundle.entryFlowId);
  const all = reachedFrom(bundle, start, () => true);
  const beforeCheck = new Set(reachedFrom(bundle, start, ({ isMatched }) => !isMatched).map(keyOf));
  return all.flatMap((place) => {
    const said = promptsAt(bundle, place).map((prompt) => ({
      prompt,
      text:
        prompt.type === 'text'
          ? readableTextOf(prompt.text, exampleValuesFor(prompt, values, now))
          : prompt.transcript || '登録した音声',
    }));
    const written = messagesAt(bundle, place).map((text) =>
      readableTextOf(text, exampleValuesFor({ type: 'text', text }, values, now)),
    );
    if (said.length === 0 && written.length === 0) return [];
    const key = keyOf(place);
    return [
      {
        id: key,
        title: titleOf(bundle, place),
        when: beforeCheck.has(key) ? 'before' : 'after',
        said,
        written,
      },
    ];
  });
}

const keyOf = ({ flowId, nodeId }: Place) => `${flowId} ${nodeId}`;
const draftAt = (bundle: BundleDraft, { flowId, nodeId }: Place) => bundle.flows[flowId]?.nodes[nodeId];

function startOf(bundle: BundleDraft, flowId: string): Place | null {
  const flow = bundle.flows[flowId];
  return flow === undefined ? null : { flowId, nodeId: flow.startNodeId };
}

/** Breadth first, so that what is heard early stands early. */
function reachedFrom(
  bundle: BundleDraft,
  start: Place | null,
  takes: (way: Bound) => boolean,
): readonly Place[] {
  const found = new Map<string, Place>();
  const waiting = start === null ? [] : [start];
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    if (found.has(keyOf(place)) || draftAt(bundle, place) === undefined) continue;
    found.set(keyOf(place), place);
    waiting.push(
      ...waysFrom(bundle, place)
        .filter(takes)
        .map(({ to }) => to),
    );
  }
  return [...found.values()];
}

function waysFrom(bundle: BundleDraft, place: Place): readonly Bound[] {
  const node = draftAt(bundle, place);
  if (node === undefined) return [];
  const ways = Object.entries(node.next).map(([branch, nodeId]) => ({
    to: { flowId: place.flowId, nodeId },
    isMatched: node.kind === CHECK.kind && branch === CHECK.matched,
  }));
  const binding = nodeKind(node.kind)?.bind(node);
  const target = binding?.ok ? binding.node.targetFlow : null;
  const elsewhere = target === null ? null : startOf(bundle, target);
  return elsewhere === null ? ways : [...ways, { to: elsewhere, isMatched: false }];
}

function promptsAt(bundle: BundleDraft, place: Place): readonly Prompt[] {
  const node = draftAt(bundle, place);
  const binding = node === undefined ? undefined : nodeKind(node.kind)?.bind(node);
  return binding?.ok ? binding.node.prompts : [];
}

function messagesAt(bundle: BundleDraft, place: Place): readonly string[] {
  const sms = SmsNodeSchema.safeParse(draftAt(bundle, place));
  return sms.success ? [sms.data.text] : [];
}

function titleOf(bundle: BundleDraft, place: Place): string {
  const node = draftAt(bundle, place);
  if (node === undefined) return '';
  return node.title || (nodeKind(node.kind)?.label ?? node.kind);
}
