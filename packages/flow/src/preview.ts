import type { SayPart } from './action.ts';
import { identifiedAt } from './check/check-personal.ts';
import { graphOf, type Vertex } from './check/graph.ts';
import type { BundleDraft } from './draft.ts';
import { exampleValuesFor } from './example-values.ts';
import { nodeKind } from './nodes/registry.ts';
import type { Prompt } from './prompt.ts';
import { recipientValuesOf } from './recipient-values.ts';
import { readableTextOf, sayPartsOf, type Value, type Values } from './template.ts';

/** What is said: to be read (a registered sound by its written words), and to be heard. */
type PreviewedText = { readonly text: string; readonly parts: readonly SayPart[] };

/** A node that says or writes something. */
export type PreviewedNode = {
  readonly flowId: string;
  readonly nodeId: string;
  readonly title: string;
  /** `after`: only who was found to be the person meant hears it. */
  readonly when: 'before' | 'after';
  readonly said: readonly PreviewedText[];
  /** Text messages that the call sends here. */
  readonly written: readonly string[];
};

export type Preview = {
  /** On all ways, in the order in which a call may come to them. */
  readonly nodes: readonly PreviewedNode[];
  /** The text message of the campaign itself; null where it has none. */
  readonly sms: string | null;
};

/**
 * 「この方に流れる内容」: all that a recipient may hear and read, with his values in their places. A value that he lacks is left out, as in the
 * call; what only the call can know (what is keyed in, the time) is an example.
 *
 * @param values the recipient's, by name
 * @param smsText the campaign's text message, with {{values}}; '' where there is none
 * @param now ms since the epoch
 */
export function previewOf(
  bundle: BundleDraft,
  values: Readonly<Record<string, Value>>,
  { smsText = '', now }: { readonly smsText?: string; readonly now: number },
): Preview {
  const graph = graphOf(bundle);
  const identified = identifiedAt(graph);
  const expected = new Set(recipientValuesOf(bundle).map(({ name }) => name));
  const valuesFor = (prompt: Prompt): Values => {
    const examples = exampleValuesFor(prompt, values, now);
    return (name) => (expected.has(name) && !Object.hasOwn(values, name) ? null : examples(name));
  };
  const written = (text: string) => readableTextOf(text, valuesFor({ type: 'text', text }));
  const nodes = [...graph.reachable].flatMap((key): readonly PreviewedNode[] => {
    const vertex = graph.vertices.get(key);
    if (vertex?.node == null) return [];
    const { flowId, nodeId, node } = vertex;
    if (node.heard.length === 0 && node.writes.length === 0) return [];
    return [
      {
        flowId,
        nodeId,
        title: titleOf(vertex),
        when: identified(key) ? 'after' : 'before',
        said: node.heard.map((prompt) => ({
          text: prompt.type === 'text' ? written(prompt.text) : prompt.transcript,
          parts: sayPartsOf(prompt, valuesFor(prompt)),
        })),
        written: node.writes.map(written),
      },
    ];
  });
  return { nodes, sms: smsText.trim() === '' ? null : written(smsText) };
}

function titleOf({ draft }: Vertex): string {
  return draft.title || (nodeKind(draft.kind)?.label ?? draft.kind);
}
