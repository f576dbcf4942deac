import { type BundleDraft, BundleDraftSchema, type DraftNode, type FlowDraft } from './draft.ts';
import type { BoundNode } from './node-kind.ts';
import { nodeKind } from './nodes/registry.ts';
import { personalNames } from './personal-names.ts';
import type { Position } from './state.ts';

/** A published flow that cannot be read: damaged, or of a newer language than this. */
export class BundleUnreadableError extends Error {
  readonly code = 'bundleUnreadable';
}

/**
 * A bundle that a call can follow. Only `makeRunnable` and `loadPublished` make one; `bundle` is what is stored.
 * The private field makes the type nominal: nothing that merely looks like it reaches a line.
 */
export class RunnableFlow {
  readonly #nodes: ReadonlyMap<string, ReadonlyMap<string, BoundNode>>;
  #personalNames: ReadonlySet<string> | null = null;
  readonly bundle: BundleDraft;

  /** Throws BundleUnreadableError where a node is of no known kind or shape. */
  constructor(bundle: BundleDraft) {
    this.bundle = bundle;
    this.#nodes = new Map(Object.entries(bundle.flows).map(([flowId, flow]) => [flowId, bindAll(flow)]));
  }

  node(position: Position): BoundNode | null {
    return this.#nodes.get(position.flowId)?.get(position.nodeId) ?? null;
  }

  /** Every node of every flow. */
  nodes(): readonly BoundNode[] {
    return [...this.#nodes.values()].flatMap((nodes) => [...nodes.values()]);
  }

  /**
   * Id of the voice in which calls are spoken to, or undefined for the house's usual one. That of the entry flow, in every flow that the call
   * goes on to: somebody who is suddenly spoken to by another takes it for another counter, and takes what was said before for void.
   */
  get voice(): string | undefined {
    return this.bundle.flows[this.bundle.entryFlowId]?.voice;
  }

  /** Names of the values that concern the person whom the city calls, copies among them. */
  get personalNames(): ReadonlySet<string> {
    this.#personalNames ??= personalNames(this.bundle, this.nodes());
    return this.#personalNames;
  }

  /** Where a call that comes to this flow begins. */
  startOf(flowId: string): Position | null {
    const flow = Object.hasOwn(this.bundle.flows, flowId) ? this.bundle.flows[flowId] : undefined;
    return flow === undefined ? null : { flowId, nodeId: flow.startNodeId };
  }

  toJSON(): BundleDraft {
    return this.bundle;
  }
}

function bindAll(flow: FlowDraft): ReadonlyMap<string, BoundNode> {
  return new Map(Object.entries(flow.nodes).map(([nodeId, node]) => [nodeId, bindOne(nodeId, node)]));
}

function bindOne(nodeId: string, node: DraftNode): BoundNode {
  const binding = nodeKind(node.kind)?.bind(node);
  if (binding === undefined) throw new BundleUnreadableError(`node ${nodeId}: unknown kind`);
  if (!binding.ok) throw new BundleUnreadableError(`node ${nodeId}: ${binding.fields.join(', ')}`);
  return binding.node;
}

/**
 * Reads a bundle that was published before: checks its shape and brings older languages forward. The checker's rules apply at
 * publishing only, so that a new rule never silences a number. Throws BundleUnreadableError.
 */
export function loadPublished(stored: unknown): RunnableFlow {
  const bundle = BundleDraftSchema.safeParse(stored);
  if (!bundle.success) {
    throw new BundleUnreadableError(bundle.error.issues.map((issue) => issue.path.join('.')).join(', '));
  }
  return new RunnableFlow(bundle.data);
}
