import type { z } from 'zod';
import type { Action } from './action.ts';
import { namesInPrompts } from './check-prompt.ts';
import type { CallContext, CallEvent, Key } from './event.ts';
import type { Finding, NodeSurroundings } from './finding.ts';
import type { Prompt } from './prompt.ts';
import type { Served } from './state.ts';
import type { Value, Values } from './template.ts';

export type Json = z.infer<ReturnType<typeof z.json>>;

/** One event's worth of a conversation, as a node sees it. Nodes ask; the interpreter keeps the state. */
export interface Turn {
  /** Sequence number of the event: the id of every action that it causes. */
  readonly seq: number;
  readonly atMs: number;
  readonly context: CallContext;
  readonly values: Values;
  /** Whether an announcement of this node is being heard. */
  readonly announcing: boolean;
  /** Whether the caller has heard the last notice of recording to its end. Without it nothing may be recorded, whatever the settings say. */
  readonly toldOfRecording: boolean;
  /** Whether a text went to a number other than the caller's own: one who keys in numbers may not send texts to the whole town. */
  readonly textedElsewhere: boolean;
  /**
   * Whether this text may go out as an SMS: what concerns the person whom the city calls only where who decides on the campaign allowed it. A
   * telephone may be read by the whole family.
   */
  mayWrite(text: string): boolean;
  /** Takes the oldest key that was pressed before it was asked for. */
  takeTypedKey(): Key | null;
  hasTypedKeys(): boolean;
  keepKey(key: Key): void;
  dropTypedKeys(): void;
  /** The key may follow out of habit although nothing asks for it: it counts for nothing for a moment, or until another is pressed. */
  passOver(key: Key): void;
  /**
   * Says the prompts one after another as one announcement, in place of one being heard. False where there is nothing to say.
   * `aside`: it is not the one in which a node that gives notice of recording gives it.
   */
  say(
    prompts: readonly (Prompt | null)[],
    options: { readonly interruptible: boolean; readonly aside?: boolean },
  ): boolean;
  /** Says the last announcement of this node again from its beginning. False where there was none. */
  sayAgain(): boolean;
  stopAnnouncing(): void;
  /** Every announcement from now to the end of the call is said more slowly. */
  speakSlower(): void;
  act(
    action: Exclude<Action, { type: 'announce' | 'stopAnnouncing' | 'answer' | 'hangUp' | 'recordAnswer' }>,
  ): void;
  /** Keeps what the caller answered to a question of this node. */
  recordAnswer(answer: {
    readonly questionId: string;
    readonly key: Key | null;
    readonly label: string | null;
  }): void;
  setVariable(name: string, value: Value): void;
  clearVariable(name: string): void;
  markServed(served: Served): void;
  /** The caller got to an end of the flow: hanging up from here on is no abandoning. */
  markEndReached(): void;
}

/**
 * What follows. `stay` waits in the node: until its announcement is over (the interpreter bounds it), for a time on the clock, or as
 * long as was named before. Leaving while an announcement is heard stops it.
 */
export type Next<D> =
  | {
      readonly type: 'stay';
      readonly data: D;
      readonly wait: 'announced' | 'unchanged' | { readonly forMs: number };
    }
  | { readonly type: 'go'; readonly branch: string }
  | { readonly type: 'goToFlow'; readonly flowId: string }
  /** Hangs up. `branch` is what statistics count. */
  | { readonly type: 'finish'; readonly branch: string };

/** One way out of a node. `passive`: can be taken without the caller doing anything. */
export type Branch = {
  readonly name: string;
  readonly label: string;
  readonly passive: boolean;
  /** Variables that are certain to be set where this branch is taken. */
  readonly sets?: readonly string[];
  /** Taken in opening hours only, or outside them only. */
  readonly when?: 'open' | 'closed';
  /** Whoever takes it was found to be the person meant. */
  readonly identifies?: true;
};

/** How a caller is asked to choose by one key. The checker looks whether he is asked kindly. */
export type KeyQuestion = {
  readonly prompt: Prompt;
  /** Said before the question is put again. */
  readonly reminders: readonly Prompt[];
  readonly choices: readonly Key[];
  /** Says the question again. */
  readonly repeatKey: Key | null;
  /** Says the question, and all that follows, more slowly. */
  readonly slowerKey: Key | null;
  /** Branch of a caller who pressed nothing, and how often he is asked before it is taken. */
  readonly silentBranch: string;
  readonly silentTries: number;
};

/** Questions by one key that a node puts besides, or one after another. The checker looks at their words. */
export type InnerQuestions = {
  /** `what`: staff's word for it ('質問2'). */
  readonly questions: readonly {
    readonly what: string;
    readonly prompt: Prompt;
    readonly choices: readonly Key[];
  }[];
  /** Heard before and between them. */
  readonly around: readonly Prompt[];
  /** Accepted at each of them; enough where it is told once. */
  readonly always: readonly Key[];
};

/**
 * Events that reach a node. A failed announcement reaches it as `announced`, so that no flow stands still for a missing sound; whether a
 * notice of recording was heard is told by `Turn.toldOfRecording`.
 */
export type NodeEvent = Extract<
  CallEvent,
  {
    type:
      | 'keyPressed'
      | 'heard'
      | 'timePassed'
      | 'calendarSaid'
      | 'listSaid'
      | 'identitySaid'
      | 'smsAccepted'
      | 'smsRefused'
      | 'smsUnknown'
      | 'transferRinging'
      | 'transferAnswered'
      | 'transferFailed'
      | 'transferEnded'
      | 'voicemailRecorded'
      | 'actionFailed'
      | 'announced';
  }
>;

type NodeBase = { readonly title: string; readonly next: Readonly<Record<string, string>> };

/** What one file in nodes/ says of its kind. */
export type NodeSpec<N extends NodeBase, D extends Json> = {
  readonly kind: string;
  /** Staff's word for it. */
  readonly label: string;
  readonly schema: z.ZodType<N>;
  readonly data: z.ZodType<D>;
  /** Whether a loop through it is slowed by a person, whoever calls: it listens to the caller or waits for staff. */
  readonly waits: boolean | ((node: N) => boolean);
  branches(node: N): readonly Branch[];
  /** Whether keys pressed during its own announcements may be meant for it. Default: as `waits`. */
  readonly listens?: boolean;
  /** What is wrong with its own settings; the graph is the checker's affair. */
  check(node: N, surroundings: NodeSurroundings): readonly Finding[];
  /** All that it may say, to be synthesised before publishing. The values in them count as used. */
  prompts(node: N): readonly (Prompt | null)[];
  /** Those of its prompts that staff hear, and the caller never does. */
  whispers?(node: N): readonly (Prompt | null)[];
  /** Text messages of its own. */
  writes?(node: N): readonly string[];
  /** Texts of its own that become values, which announcements may say. */
  valueTexts?(node: N): readonly string[];
  /** Names of the values that it uses elsewhere than in prompts. */
  uses?(node: N): readonly string[];
  /** Values that it sets itself before it says them. */
  setsBeforeSaying?(node: N): readonly string[];
  /** Asking whether a value was set is its purpose: no warning that it may not be. */
  readonly maySeeUnset?: boolean;
  /** Of the values that it uses nothing leaves it: it looks and chooses a branch. Others may not use a secret value. */
  readonly comparesOnly?: boolean;
  /** Whether it reaches people outside the call (a text message, a staff telephone): never again and again without the caller's asking. */
  readonly actsOutside?: boolean;
  /**
   * What passing through it, or being in it, means for the law on recording. `givesNotice`: its announcement, heard to the end, tells
   * the caller.
   */
  recording?(node: N): { readonly givesNotice: boolean; readonly needsNotice: boolean };
  /** The question that it puts to the caller, to be answered by one key. */
  asks?(node: N): KeyQuestion;
  asksInside?(node: N): InnerQuestions;
  /** Silence after its announcement that counts as no key at all, ms. */
  firstKeyTimeoutMs?(node: N): number;
  /** Whom it brings the caller to: somebody at a desk, or to a message that somebody hears later. */
  readonly reaches?: 'person' | 'message';
  /** The flow it leads to. */
  targetFlow?(node: N): string | null;
  /** Staff telephones that it rings, as staff write them. */
  rings?(node: N): readonly string[];
  /** Whether calls end here. */
  ends?: boolean;
  /** Whether what is keyed in here, and the values that it sets before it says them, are nobody's business (birth date, 記号番号). */
  secret?(node: N): boolean;
  enter(node: N, turn: Turn): Next<D>;
  /** Null: the event means nothing here. A key that means nothing is kept for the next menu unless `dropsKeys`. */
  on(node: N, data: D, event: NodeEvent, turn: Turn): Next<D> | null;
  readonly dropsKeys?: boolean;
  /** The controlling process came back. Default: the last announcement again, or the node from its beginning. Null: stays as it is. */
  resume?(node: N, data: D, turn: Turn): Next<D> | null;
  /** What the caller has got, and by which branch the node counts as left, if he hangs up now. */
  atHangUp?(node: N, data: D, atMs: number): AtHangUp | null;
};

export type AtHangUp = { readonly served: Served | null; readonly branch: string | null };

/** A node with its kind's behaviour bound to its settings. */
export interface BoundNode {
  readonly kind: string;
  readonly title: string;
  readonly next: Readonly<Record<string, string>>;
  readonly branches: readonly Branch[];
  readonly waits: boolean;
  readonly listens: boolean;
  readonly actsOutside: boolean;
  readonly ends: boolean;
  readonly secret: boolean;
  readonly dropsKeys: boolean;
  readonly prompts: readonly Prompt[];
  /** Of its prompts, those that the caller hears. */
  readonly heard: readonly Prompt[];
  readonly writes: readonly string[];
  readonly valueTexts: readonly string[];
  readonly uses: readonly string[];
  readonly maySeeUnset: boolean;
  readonly comparesOnly: boolean;
  /** Values that are secret because of it. */
  readonly setsSecret: readonly string[];
  readonly recording: { readonly givesNotice: boolean; readonly needsNotice: boolean };
  readonly asks: KeyQuestion | null;
  readonly asksInside: InnerQuestions;
  readonly firstKeyTimeoutMs: number | null;
  readonly reaches: 'person' | 'message' | null;
  readonly targetFlow: string | null;
  /** Staff telephones that it rings, in the order in which events count them. */
  readonly rings: readonly string[];
  check(surroundings: NodeSurroundings): readonly Finding[];
  enter(turn: Turn): Next<Json>;
  on(data: Json, event: NodeEvent, turn: Turn): Next<Json> | null;
  resume(data: Json, turn: Turn): Next<Json> | null;
  atHangUp(data: Json, atMs: number): AtHangUp | null;
}

export interface NodeKind {
  readonly kind: string;
  readonly label: string;
  readonly schema: z.ZodType;
  /** Reads settings as they lie in a draft. */
  bind(
    settings: unknown,
  ): /** `settings`: with every default written out. */
    | { readonly ok: true; readonly node: BoundNode; readonly settings: NodeBase }
    | { readonly ok: false; readonly fields: readonly string[] };
}

/** Hides a kind's own types behind the interface that the registry, the checker and the interpreter share. */
export function defineNodeKind<N extends NodeBase, D extends Json>(spec: NodeSpec<N, D>): NodeKind {
  return {
    kind: spec.kind,
    label: spec.label,
    schema: spec.schema,
    bind(settings) {
      const parsed = spec.schema.safeParse(settings);
      if (!parsed.success)
        return { ok: false, fields: parsed.error.issues.map((issue) => issue.path.join('.')) };
      return { ok: true, node: bound(spec, parsed.data), settings: parsed.data };
    },
  };
}

function bound<N extends NodeBase, D extends Json>(spec: NodeSpec<N, D>, node: N): BoundNode {
  const waits = typeof spec.waits === 'function' ? spec.waits(node) : spec.waits;
  const prompts = spec.prompts(node).filter((prompt) => prompt !== null);
  const whispers = spec.whispers?.(node) ?? [];
  const ownValues = spec.setsBeforeSaying?.(node) ?? [];
  return {
    kind: spec.kind,
    title: node.title,
    next: node.next,
    branches: spec.branches(node),
    waits,
    listens: spec.listens ?? waits,
    actsOutside: spec.actsOutside ?? false,
    ends: spec.ends ?? false,
    secret: spec.secret?.(node) ?? false,
    dropsKeys: spec.dropsKeys ?? false,
    prompts,
    heard: prompts.filter((prompt) => !whispers.includes(prompt)),
    writes: spec.writes?.(node) ?? [],
    valueTexts: spec.valueTexts?.(node) ?? [],
    uses: [
      ...namesInPrompts(prompts).filter((name) => !ownValues.includes(name)),
      ...(spec.uses?.(node) ?? []),
    ],
    maySeeUnset: spec.maySeeUnset ?? false,
    comparesOnly: spec.comparesOnly ?? false,
    setsSecret: spec.secret?.(node) ? ownValues : [],
    recording: spec.recording?.(node) ?? { givesNotice: false, needsNotice: false },
    asks: spec.asks?.(node) ?? null,
    asksInside: spec.asksInside?.(node) ?? { questions: [], around: [], always: [] },
    firstKeyTimeoutMs: spec.firstKeyTimeoutMs?.(node) ?? null,
    reaches: spec.reaches ?? null,
    targetFlow: spec.targetFlow?.(node) ?? null,
    rings: spec.rings?.(node) ?? [],
    check: (surroundings) => spec.check(node, surroundings),
    enter: (turn) => spec.enter(node, turn),
    on(data, event, turn) {
      const own = spec.data.safeParse(data);
      return own.success ? spec.on(node, own.data, event, turn) : null;
    },
    resume(data, turn) {
      const own = spec.data.safeParse(data);
      if (!own.success) return null;
      if (spec.resume !== undefined) return spec.resume(node, own.data, turn);
      return turn.sayAgain() ? { type: 'stay', data: own.data, wait: 'announced' } : spec.enter(node, turn);
    },
    atHangUp(data, atMs) {
      const own = spec.data.safeParse(data);
      return own.success ? (spec.atHangUp?.(node, own.data, atMs) ?? null) : null;
    },
  };
}
