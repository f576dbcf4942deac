import type { FlowDraft } from '@madoguchi/flow';
import { waysOut } from '../edit/ways-out.ts';

/** A line of the outline: a node, or a way out of the node above it. */
export type OutlineRow =
  | { readonly type: 'node'; readonly depth: number; readonly nodeId: string }
  | {
      readonly type: 'way';
      readonly depth: number;
      readonly nodeId: string;
      readonly branch: string;
      readonly label: string;
      /** Null: leads nowhere yet. */
      readonly target: string | null;
      /** The node it leads to stands elsewhere in the list, not right below. */
      readonly leadsElsewhere: boolean;
    };

export type OutlineRows = {
  readonly rows: readonly OutlineRow[];
  /** Nodes that no way from the beginning leads to. */
  readonly loose: readonly string[];
};

/**
 * A flow as an indented list, as a call goes through it: each node once, where it is first come to, below the way that leads to it. A node
 * that goes on by a single way is followed by the next at the same depth, so that a long straight flow does not run off to the right.
 */
export function outlineOf(flow: FlowDraft): OutlineRows {
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();

  function list(start: string, startDepth: number): void {
    let next: { nodeId: string; depth: number } | null = { nodeId: start, depth: startDepth };
    while (next !== null) {
      const { nodeId, depth }: { nodeId: string; depth: number } = next;
      next = null;
      const node = flow.nodes[nodeId];
      if (node === undefined || seen.has(nodeId)) return;
      seen.add(nodeId);
      rows.push({ type: 'node', depth, nodeId });
      const ways = waysOut(node);
      for (const { branch, label, target } of ways) {
        const isHere = target !== null && !seen.has(target) && Object.hasOwn(flow.nodes, target);
        const way = { type: 'way', depth: depth + 1, nodeId, branch, label, target } as const;
        rows.push({ ...way, leadsElsewhere: target !== null && !isHere });
        if (!isHere) continue;
        if (ways.length === 1) next = { nodeId: target, depth };
        else list(target, depth + 2);
      }
    }
  }

  list(flow.startNodeId, 0);
  return { rows, loose: Object.keys(flow.nodes).filter((id) => !seen.has(id)) };
}
