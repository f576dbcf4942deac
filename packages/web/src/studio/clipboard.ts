import { type CopiedNodes, copyNodes, type Place, pasteNodes } from './edit/edits.ts';
import type { Studio } from './studio-context.tsx';
import type { Tools } from './tools.tsx';

/** Kept while the page is open, so that nodes go from one flow to another. */
let copied: CopiedNodes = {};

const BESIDE: Place = { x: 48, y: 48 };

export function copySelection({ flow, state }: Studio): void {
  if (state.selection.size > 0) copied = copyNodes(flow, state.selection);
}

export function pasteCopied({ flow, edit }: Studio, { show }: Tools): void {
  const pasted = pasteNodes(flow, copied, BESIDE);
  const [first, ...others] = pasted.nodeIds;
  if (first === undefined) return;
  edit(pasted.flow);
  show(first, ...others);
}
