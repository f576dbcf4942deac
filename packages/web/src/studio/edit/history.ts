import type { FlowDraft } from '@madoguchi/flow';

/** What was done to a flow in one window, to be undone and done again. */
export type History = {
  readonly past: readonly FlowDraft[];
  readonly present: FlowDraft;
  readonly future: readonly FlowDraft[];
  /** What the last change was part of: typing one text is one step to undo. */
  readonly step: string | null;
};

const LONGEST = 200;

export function beginHistory(flow: FlowDraft): History {
  return { past: [], present: flow, future: [], step: null };
}

/** @param step changes of one step that follow each other are undone together; null: a step of its own. */
export function change(history: History, flow: FlowDraft, step: string | null = null): History {
  if (flow === history.present) return history;
  const goesOn = step !== null && step === history.step;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-LONGEST);
  return { past, present: flow, future: [], step };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    step: null,
  };
}

export function redo(history: History): History {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, step: null };
}
