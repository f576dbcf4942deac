import { removeNodes } from './edit/edits.ts';
import { nodeToShow } from './edit/node-to-show.ts';
import type { Studio } from './studio-context.tsx';
import type { Tools } from './tools.tsx';

/** Takes nodes out and goes on at the one that stood nearest, so that the focus is never lost. @returns whether any is left. */
export function removeAndGoOn(
  { flow, edit }: Studio,
  { show }: Tools,
  nodeIds: ReadonlySet<string>,
): boolean {
  const [current] = [...nodeIds].slice(-1);
  if (current === undefined) return true;
  const after = removeNodes(flow, nodeIds);
  edit(after);
  const next = nodeToShow(flow, after, current);
  if (next !== null) show(next);
  return next !== null;
}
