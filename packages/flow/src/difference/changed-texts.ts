import type { BundleDraft } from '../draft.ts';
import { nodeKind } from '../nodes/registry.ts';
import type { Prompt } from '../prompt.ts';

export type SaidText = {
  readonly flowId: string;
  readonly nodeId: string;
  readonly title: string;
  readonly prompt: Prompt;
};

/**
 * What callers would hear that they do not hear of `before`: to be listened to once before it is published. Each text comes once.
 * @param soundsOtherwise whether a text that both say is read otherwise by now
 */
export function changedTexts(
  before: BundleDraft | null,
  after: BundleDraft,
  soundsOtherwise: (text: string) => boolean = () => false,
): readonly SaidText[] {
  const known = new Set(
    (before === null ? [] : saidIn(before))
      .filter(({ prompt }) => prompt.type !== 'text' || !soundsOtherwise(prompt.text))
      .map(({ prompt }) => contentOf(prompt)),
  );
  const changed: SaidText[] = [];
  for (const said of saidIn(after)) {
    const content = contentOf(said.prompt);
    if (known.has(content)) continue;
    known.add(content);
    changed.push(said);
  }
  return changed;
}

/** What makes two prompts sound the same, whatever else is noted with them. */
function contentOf(prompt: Prompt): string {
  return prompt.type === 'text' ? `text ${prompt.text}` : `audio ${prompt.audioId}`;
}

function saidIn(bundle: BundleDraft): readonly SaidText[] {
  return Object.values(bundle.flows).flatMap((flow) =>
    Object.entries(flow.nodes).flatMap(([nodeId, node]) => {
      const binding = nodeKind(node.kind)?.bind(node);
      if (!binding?.ok) return [];
      const title = node.title || (nodeKind(node.kind)?.label ?? node.kind);
      return binding.node.prompts.map((prompt) => ({ flowId: flow.id, nodeId, title, prompt }));
    }),
  );
}
