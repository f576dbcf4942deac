import type { BundleDraft } from './draft.ts';
import type { BoundNode } from './node-kind.ts';
import { recipientValuesOf } from './recipient-values.ts';
import { namesIn } from './template.ts';

/** Names of the values that concern the person whom the city calls, those that a node makes of such a value among them. */
export function personalNames(bundle: BundleDraft, nodes: readonly BoundNode[]): ReadonlySet<string> {
  const personal = new Set(
    recipientValuesOf(bundle)
      .filter((value) => value.isPersonal)
      .map(({ name }) => name),
  );
  for (let before = -1; before !== personal.size; ) {
    before = personal.size;
    for (const node of nodes) for (const name of copiesOf(node, personal)) personal.add(name);
  }
  return personal;
}

function copiesOf(node: BoundNode, personal: ReadonlySet<string>): readonly string[] {
  const isCopied = node.valueTexts.some((text) => namesIn(text).some((name) => personal.has(name)));
  return isCopied ? node.branches.flatMap(({ sets }) => sets ?? []) : [];
}
