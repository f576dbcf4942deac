import type { FlowDraft } from '@madoguchi/flow';
import { CARD_WIDTH, placesOf } from '../canvas/layout.ts';
import { addNode, moveNodes, type Place, type WayOut } from '../edit/edits.ts';
import { newNode } from '../edit/new-node.ts';
import { firstBranchOf } from '../edit/ways-out.ts';

const GAP = 96;

/** Puts a node behind a way (null: behind none), at its right on the canvas and clear of what stands there. */
export function putNode(
  flow: FlowDraft,
  kind: string,
  from: WayOut | null,
): { readonly flow: FlowDraft; readonly nodeId: string } {
  const places = placesOf(flow);
  const settled = moveNodes(flow, places);
  const at = placeBehind(from === null ? undefined : places.get(from.nodeId), places);
  return addNode(settled, kind, { at, from, firstBranch: firstBranchOf(newNode(kind, null)) });
}

function placeBehind(source: Place | undefined, places: ReadonlyMap<string, Place>): Place {
  if (places.size === 0) return { x: 0, y: 0 };
  const x = source === undefined ? 0 : source.x + CARD_WIDTH + GAP;
  let y = source?.y ?? Math.max(...[...places.values()].map((place) => place.y)) + 200;
  const isTaken = () =>
    [...places.values()].some((place) => Math.abs(place.x - x) < CARD_WIDTH && Math.abs(place.y - y) < 120);
  while (isTaken()) y += 130;
  return { x, y };
}
