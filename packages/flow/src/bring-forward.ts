import { z } from 'zod';

const Version1FlowSchema = z.looseObject({
  languageVersion: z.literal(1),
  nodes: z.record(z.string(), z.looseObject({ kind: z.string() })),
});
type Version1Node = z.infer<typeof Version1FlowSchema>['nodes'][string];

const RetrySchema = z.looseObject({});

/**
 * Rewrites a flow of an older language so that it means the same in the present one. Anything else comes back as it is, for the schema to
 * judge.
 */
export function bringForward(flow: unknown): unknown {
  const older = Version1FlowSchema.safeParse(flow);
  if (!older.success) return flow;
  const nodes = Object.entries(older.data.nodes).map(([id, node]) => [id, fromVersion1(node)] as const);
  return { ...older.data, languageVersion: 2, nodes: Object.fromEntries(nodes) };
}

/** In version 1 a menu that did not say so had no key to hear it again, and asked twice more where no key was pressed. */
function fromVersion1(node: Version1Node): Version1Node {
  if (node.kind !== 'menu') return node;
  const noKey = RetrySchema.safeParse(node['noKey'] ?? {});
  return { repeatKey: null, ...node, noKey: noKey.success ? { retries: 2, ...noKey.data } : node['noKey'] };
}
