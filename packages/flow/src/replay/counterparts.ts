import type { DraftNode } from '../draft.ts';
import { nodeKind } from '../nodes/registry.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { Position } from '../state.ts';

/** Settings of a node with every default written out. */
export type Settings = Readonly<Record<string, unknown>>;

export type Counterpart = {
  readonly position: Position;
  readonly before: Settings;
  readonly after: Settings;
  /** Its settings are what they were, but for words, names and where its branches lead. */
  readonly asksTheSame: boolean;
};

const keyOf = ({ flowId, nodeId }: Position): string => `${flowId}/${nodeId}`;

/**
 * Which node of a version each node of a draft was. A node is the one of the same id and kind in the same flow (the flows at which calls
 * begin are the same one, whatever their ids); else the only one of the same kind and name, where neither has a counterpart by its id.
 */
export class Counterparts {
  readonly #byNew: ReadonlyMap<string, Counterpart>;
  readonly #newByOld: ReadonlyMap<string, Position>;

  constructor(before: RunnableFlow, after: RunnableFlow) {
    const olds = nodesOf(before);
    const news = nodesOf(after);
    const found = new Map<string, Located>();
    const taken = new Set<string>();
    for (const each of news) {
      const old = olds.find((one) => isSameNode(one, before, each, after));
      if (old === undefined) continue;
      found.set(keyOf(each.position), old);
      taken.add(keyOf(old.position));
    }
    const looseOlds = olds.filter(({ position }) => !taken.has(keyOf(position)));
    const looseNews = news.filter(({ position }) => !found.has(keyOf(position)));
    for (const each of looseNews) {
      const namesakes = (all: readonly Located[]) => all.filter((one) => isNamesake(one, each));
      const [old, ...others] = namesakes(looseOlds);
      if (old !== undefined && others.length === 0 && namesakes(looseNews).length === 1)
        found.set(keyOf(each.position), old);
    }
    this.#byNew = new Map(
      news.flatMap((each) => {
        const old = found.get(keyOf(each.position));
        return old === undefined ? [] : [[keyOf(each.position), counterpartOf(old, each)] as const];
      }),
    );
    this.#newByOld = new Map(
      news.flatMap(({ position }) => {
        const old = found.get(keyOf(position));
        return old === undefined ? [] : [[keyOf(old.position), position] as const];
      }),
    );
  }

  /** What a node of the draft was, or null where the version had none like it. */
  of(position: Position): Counterpart | null {
    return this.#byNew.get(keyOf(position)) ?? null;
  }

  /** What a node of the version is now, or null where the draft has none like it. */
  nowOf(position: Position): Position | null {
    return this.#newByOld.get(keyOf(position)) ?? null;
  }
}

type Located = { readonly position: Position; readonly draft: DraftNode };

function nodesOf({ bundle }: RunnableFlow): readonly Located[] {
  return Object.entries(bundle.flows).flatMap(([flowId, flow]) =>
    Object.entries(flow.nodes).map(([nodeId, draft]) => ({ position: { flowId, nodeId }, draft })),
  );
}

function isSameNode(one: Located, before: RunnableFlow, other: Located, after: RunnableFlow): boolean {
  const areEntries =
    one.position.flowId === before.bundle.entryFlowId && other.position.flowId === after.bundle.entryFlowId;
  return (
    one.position.nodeId === other.position.nodeId &&
    one.draft.kind === other.draft.kind &&
    (one.position.flowId === other.position.flowId || areEntries)
  );
}

function isNamesake(one: Located, other: Located): boolean {
  const title = one.draft.title.trim();
  return title !== '' && title === other.draft.title.trim() && one.draft.kind === other.draft.kind;
}

function counterpartOf({ position, draft }: Located, now: Located): Counterpart {
  const [before, after] = [settingsOf(draft), settingsOf(now.draft)];
  return { position, before, after, asksTheSame: bare(before) === bare(after) };
}

function settingsOf(draft: DraftNode): Settings {
  const binding = nodeKind(draft.kind)?.bind(draft);
  return binding?.ok ? { ...binding.settings } : draft;
}

/** Names for staff, and where the branches lead. */
const NOT_ASKED = new Set(['title', 'next', 'at']);

/** The settings without words, in a form that can be compared. */
function bare(settings: Settings): string {
  const rest = Object.entries(settings).filter(([name]) => !NOT_ASKED.has(name));
  const isLabelled = settings['kind'] !== 'questionnaire' && settings['kind'] !== 'callBackRequest';
  return JSON.stringify(Object.fromEntries(rest), (name, value: unknown) => {
    if (name === 'label' && isLabelled) return '';
    if (name === 'text' && typeof value === 'string') return '';
    if (name === 'audioId' || name === 'transcript' || name === 'announcementId') return undefined;
    return name === 'type' && (value === 'text' || value === 'audio') ? 'said' : value;
  });
}
