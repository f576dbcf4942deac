import type { RunnableFlow } from './runnable.ts';
import type { CallState } from './state.ts';

export type Whereabouts = {
  readonly flowId: string;
  readonly nodeId: string;
  readonly title: string;
  readonly kind: string;
  /** What is keyed in here is to stay hidden on screens. */
  readonly secret: boolean;
};

/** The node at which a call stands (or stood when it ended), for the live page. None before the flow has begun to speak. */
export function where(bundle: RunnableFlow, state: CallState): Whereabouts | null {
  const node = state.position === null ? null : bundle.node(state.position);
  if (state.position === null || node === null || state.phase === 'opening') return null;
  return { ...state.position, title: node.title, kind: node.kind, secret: node.secret };
}
