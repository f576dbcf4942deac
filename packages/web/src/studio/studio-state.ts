import { check, type FlowDraft, flowsLedTo, type Problem, VOICE_IDS } from '@madoguchi/flow';
import type { FlowDetail, StoredFlow } from '@madoguchi/server/flow-contract';
import { beginHistory, change, type History, redo, undo } from './edit/history.ts';
import { choose, merge } from './edit/merge.ts';

/** How what is on the screen stands to what the server has. */
export type SaveState =
  | { readonly type: 'saved' }
  | { readonly type: 'waiting' }
  | { readonly type: 'saving' }
  /** Tried again by itself. */
  | { readonly type: 'failed'; readonly message: string }
  /** Somebody else changed the same nodes: nothing is saved until somebody has chosen. */
  | { readonly type: 'conflict'; readonly newest: StoredFlow; readonly nodeIds: readonly string[] };

/** Everything that the studio shows of one flow; canvas, outline and panels are views of it. */
export type StudioState = {
  readonly detail: FlowDetail;
  readonly history: History;
  /** What the server has, as far as this window knows. */
  readonly stored: { readonly draft: FlowDraft; readonly version: number };
  readonly save: SaveState;
  /** What somebody else changed and was taken in, to be told once. */
  readonly takenIn: { readonly by: string | null } | null;
  readonly selection: ReadonlySet<string>;
  readonly mayEdit: boolean;
};

export type StudioAct =
  | { readonly type: 'edit'; readonly flow: FlowDraft; readonly step?: string | null }
  | { readonly type: 'undo' | 'redo' | 'tellingDone' | 'saveStarted' }
  | { readonly type: 'select'; readonly nodeIds: Iterable<string> }
  | { readonly type: 'saveFailed'; readonly message: string }
  | { readonly type: 'saved'; readonly sent: FlowDraft; readonly version: number }
  | { readonly type: 'newestFound'; readonly newest: StoredFlow }
  | { readonly type: 'chosen'; readonly theirs: ReadonlySet<string> };

export function beginStudio(detail: FlowDetail, mayEdit: boolean): StudioState {
  const { draft, version } = detail.flow;
  return {
    detail,
    history: beginHistory(draft),
    stored: { draft, version },
    save: { type: 'saved' },
    takenIn: null,
    selection: new Set(),
    mayEdit,
  };
}

export function reduceStudio(state: StudioState, act: StudioAct): StudioState {
  switch (act.type) {
    case 'edit':
      return state.mayEdit ? withHistory(state, change(state.history, act.flow, act.step ?? null)) : state;
    case 'undo':
      return withHistory(state, undo(state.history));
    case 'redo':
      return withHistory(state, redo(state.history));
    case 'select':
      return { ...state, selection: new Set(act.nodeIds) };
    case 'saveStarted':
      return { ...state, save: { type: 'saving' } };
    case 'saveFailed':
      return { ...state, save: { type: 'failed', message: act.message } };
    case 'saved': {
      const isAll = act.sent === state.history.present;
      return {
        ...state,
        stored: { draft: act.sent, version: act.version },
        save: { type: isAll ? 'saved' : 'waiting' },
      };
    }
    case 'newestFound':
      return takeIn(state, act.newest);
    case 'chosen':
      return settle(state, act.theirs);
    case 'tellingDone':
      return { ...state, takenIn: null };
  }
}

function withHistory(state: StudioState, history: History): StudioState {
  if (history === state.history) return state;
  const selection = new Set([...state.selection].filter((id) => Object.hasOwn(history.present.nodes, id)));
  const save: SaveState = state.save.type === 'conflict' ? state.save : { type: 'waiting' };
  return { ...state, history, selection, save };
}

/** What somebody else saved and what is on the screen become one, unless both changed the same. */
function takeIn(state: StudioState, newest: StoredFlow): StudioState {
  if (newest.version <= state.stored.version) return state;
  const { flow, conflicts, isChanged } = merge(state.stored.draft, state.history.present, newest.draft);
  if (conflicts.length > 0) {
    return { ...state, save: { type: 'conflict', newest, nodeIds: conflicts } };
  }
  return {
    ...withHistory(state, change(state.history, flow)),
    stored: { draft: newest.draft, version: newest.version },
    save: { type: isPlainly(flow, newest.draft) ? 'saved' : 'waiting' },
    takenIn: isChanged ? { by: newest.changedBy?.name ?? null } : state.takenIn,
  };
}

function settle(state: StudioState, theirs: ReadonlySet<string>): StudioState {
  if (state.save.type !== 'conflict') return state;
  const { newest } = state.save;
  const merged = merge(state.stored.draft, state.history.present, newest.draft);
  const flow = [...theirs].reduce((chosen, id) => choose(chosen, newest.draft, id), merged.flow);
  return {
    ...state,
    history: change(state.history, flow),
    stored: { draft: newest.draft, version: newest.version },
    save: { type: 'waiting' },
  };
}

function isPlainly(one: FlowDraft, other: FlowDraft): boolean {
  return !merge(other, other, one).isChanged;
}

/** What the checker says of the flow on the screen together with the flows that it leads to, as they are stored. */
export function problemsOf({ detail }: Pick<StudioState, 'detail'>, flow: FlowDraft): readonly Problem[] {
  const { numbers, calendars, lists, audio, announcements, ownHosts } = detail.surroundings;
  const ids = (named: readonly { readonly id: string }[]) => named.map(({ id }) => id);
  const reached = flowsLedTo([flow, ...detail.others.filter(({ id }) => id !== flow.id)], flow.id);
  return check(
    {
      bundleId: flow.id,
      entryFlowId: flow.id,
      flows: Object.fromEntries(reached.map((each) => [each.id, each])),
    },
    {
      ownNumbers: ids(numbers),
      calendarIds: ids(calendars),
      listIds: ids(lists),
      audioIds: ids(audio),
      announcementIds: ids(announcements),
      ownHosts,
      voiceIds: VOICE_IDS,
    },
  );
}
