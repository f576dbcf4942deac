import { type CopiedNodes, copyNodes, type Place, pasteNodes } from './edit/edits.ts';
import type { Studio } from './studio-context.tsx';

/** Kept while the page is open, so that nodes go from one flow to another. */
let copied: CopiedNodes = {};

const BESIDE: Place = { x: 48, y: 48 };

export function copySelection({ flow, state }: Studio): void {
  if (state.selection.size > 0) copied = copyNodes(flow, state.selection);
}

export function pasteCopied({ flow, edit, select }: Studio): void {
  if (Object.keys(copied).length === 0) return;
  const pasted = pasteNodes(flow, copied, BESIDE);
  edit(pasted.flow);
  select(...pasted.nodeIds);
}
