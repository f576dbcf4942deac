import type { FlowDraft, Problem } from '@madoguchi/flow';
import { createContext, type Dispatch, type ReactNode, useContext } from 'react';
import type { StudioAct, StudioState } from './studio-state.ts';

export type Studio = {
  readonly state: StudioState;
  /** The flow on the screen. */
  readonly flow: FlowDraft;
  /** What the checker says of it, a moment after the last change. */
  readonly problems: readonly Problem[];
  readonly dispatch: Dispatch<StudioAct>;
  /** Puts an edited flow in place. @param step changes of one step are undone together. */
  edit(flow: FlowDraft, step?: string): void;
  select(...nodeIds: readonly string[]): void;
};

const StudioContext = createContext<Studio | null>(null);

export function StudioProvider({ studio, children }: { studio: Studio; children: ReactNode }) {
  return <StudioContext value={studio}>{children}</StudioContext>;
}

/** The studio around this part of the page. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === null) throw new Error('no studio around');
  return studio;
}
