import { type BundleDraft, nodeKind } from '@madoguchi/flow';

/** A node as staff call it; with its flow's name where there are several. */
export function placeWords(
  { flows }: BundleDraft,
  { flowId, nodeId }: { readonly flowId: string; readonly nodeId: string },
): string {
  const flow = flows[flowId];
  const node = flow?.nodes[nodeId];
  const kind = node === undefined ? '' : (nodeKind(node.kind)?.label ?? node.kind);
  const title = node?.title.trim() || kind || nodeId;
  return Object.keys(flows).length > 1 && flow !== undefined ? `${flow.name}：${title}` : title;
}
