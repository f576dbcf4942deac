import { type BundleDraft, BundleDraftSchema } from '@madoguchi/flow';

/** Prompt that is the marker tone `marker` for two seconds. */
export function markerPrompt(marker: number): object {
  return { type: 'audio', audioId: `marker${marker}`, transcript: `目印 ${marker}` };
}

type Nodes = Readonly<Record<string, object>>;

/** A bundle of one flow. The first node is the start. */
export function oneFlow(bundleId: string, nodes: Nodes): BundleDraft {
  return severalFlows(bundleId, { main: nodes });
}

/** A bundle of flows, by their ids. The first is the entry, the first node of each its start. */
export function severalFlows(bundleId: string, flows: Readonly<Record<string, Nodes>>): BundleDraft {
  return BundleDraftSchema.parse({
    bundleId,
    entryFlowId: Object.keys(flows)[0],
    flows: Object.fromEntries(
      Object.entries(flows).map(([id, nodes]) => [
        id,
        { languageVersion: 1, id, name: '試験', startNodeId: Object.keys(nodes)[0], nodes },
      ]),
    ),
  });
}

/** Prompt that is read aloud. */
export function textPrompt(text: string): object {
  return { type: 'text', text };
}

/** An announcement of a marker that leads to `next`. */
export function sayMarker(marker: number, next: string): object {
  return {
    kind: 'announcement',
    title: `目印 ${marker}`,
    prompt: markerPrompt(marker),
    interruptible: false,
    next: { next },
  };
}

/** An announcement that is read aloud and leads to `next`. */
export function sayText(text: string, options: { readonly interruptible: boolean }, next: string): object {
  return { kind: 'announcement', title: '案内', prompt: textPrompt(text), ...options, next: { next } };
}

export const END = { kind: 'end', title: '終わり' } as const;
