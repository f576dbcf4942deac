import { createContext, useContext } from 'react';
import type { CanvasMarks } from './canvas/marks.ts';

/** A way out that something is asked about; `branch` null: which of the node's ways is asked, too. */
export type WayAsked = { readonly nodeId: string; readonly branch: string | null };

/** What canvas, outline, search and panel share of the screen itself. */
export type Tools = {
  /** Asks which node to put in behind a way; null: behind none. */
  askAdd(from: WayAsked | null): void;
  /** Asks where a way is to lead. */
  askConnect(from: WayAsked): void;
  /** Chooses nodes and brings the last of them into view with the focus on it. */
  show(...nodeIds: readonly [string, ...string[]]): void;
  /** The node to bring into view; another object each time. */
  readonly shown: { readonly nodeId: string } | null;
  /** Puts the focus into the panel of the chosen node. */
  openPanel(): void;
  readonly marks: CanvasMarks;
  setMarks(marks: CanvasMarks): void;
};

const ToolsContext = createContext<Tools | null>(null);
export const ToolsProvider = ToolsContext.Provider;

export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (tools === null) throw new Error('no tools around');
  return tools;
}
