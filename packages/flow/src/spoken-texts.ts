import type { BundleDraft } from './draft.ts';
import { nodeKind } from './nodes/registry.ts';
import { parseTemplate } from './template.ts';

/**
 * Every text of the bundle that is read aloud, without the places of its values: announcements, and contents that the flow itself gives to
 * values. Registered sounds, text messages and titles are not read aloud; a node that is half made says nothing yet. What values hold
 * otherwise (a number's name, what a caller keyed in) is no part of a bundle.
 */
export function spokenTextsOf(bundle: BundleDraft): readonly string[] {
  const texts = Object.values(bundle.flows).flatMap((flow) =>
    Object.values(flow.nodes).flatMap((node) => {
      const binding = nodeKind(node.kind)?.bind(node);
      if (!binding?.ok) return [];
      const { prompts, valueTexts } = binding.node;
      return [...prompts.flatMap((prompt) => (prompt.type === 'text' ? [prompt.text] : [])), ...valueTexts];
    }),
  );
  return [...new Set(texts.flatMap(fixedTextsOf))];
}

/** The pieces of a text between the places of its values. */
export function fixedTextsOf(text: string): readonly string[] {
  return parseTemplate(text).parts.flatMap((part) => (part.type === 'fixed' ? [part.text] : []));
}
