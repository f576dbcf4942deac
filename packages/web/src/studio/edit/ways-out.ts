import { type Branch, type DraftNode, nodeKind } from '@madoguchi/flow';

/** A way out of a node as staff see it. `label` is Japanese; `target` null: leads nowhere yet. */
export type ShownWay = { readonly branch: string; readonly label: string; readonly target: string | null };

/**
 * The ways out of a node: those that its kind has with its settings, in their order, then those that the draft still holds although the
 * settings no longer have them. A node that is half made shows what it holds.
 */
export function waysOut(node: DraftNode): readonly ShownWay[] {
  const known = KNOWN.get(node);
  if (known !== undefined) return known;
  const ways = readWaysOut(node);
  KNOWN.set(node, ways);
  return ways;
}

/** A node is never changed in place, and each keystroke asks for the ways of all nodes of a flow. */
const KNOWN = new WeakMap<DraftNode, readonly ShownWay[]>();

function readWaysOut(node: DraftNode): readonly ShownWay[] {
  const binding = nodeKind(node.kind)?.bind(node);
  const branches: readonly Branch[] = binding?.ok ? binding.node.branches : [];
  const own = branches.map(({ name, label }) => ({
    branch: name,
    label,
    target: node.next[name] ?? null,
  }));
  const left = Object.entries(node.next)
    .filter(([name]) => !branches.some((branch) => branch.name === name))
    .map(([branch, target]) => ({ branch, label: branch, target }));
  return [...own, ...left];
}

/** The way by which a node is usually left; null for one that ends the call. */
export function firstBranchOf(node: DraftNode): string | null {
  return waysOut(node)[0]?.branch ?? null;
}
