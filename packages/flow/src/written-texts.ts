import type { BundleDraft } from './draft.ts';
import { nodeKind } from './nodes/registry.ts';

/** A text message that a scenario sends in a call, as it is written, with its {{values}}. */
export type WrittenText = {
  readonly flowId: string;
  readonly nodeId: string;
  readonly title: string;
  readonly text: string;
};

/** All text messages that a bundle may send. */
export function writtenTexts(bundle: BundleDraft): readonly WrittenText[] {
  return Object.values(bundle.flows).flatMap((flow) =>
    Object.entries(flow.nodes).flatMap(([nodeId, node]) => {
      const kind = nodeKind(node.kind);
      const binding = kind?.bind(node);
      if (kind === null || !binding?.ok) return [];
      const title = node.title || kind.label;
      return binding.node.writes.map((text) => ({ flowId: flow.id, nodeId, title, text }));
    }),
  );
}
