import { z } from 'zod';
import { checkNotice, checkOptionalPrompt, saysSomething } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import { KeySchema } from '../event.ts';
import type { Finding } from '../finding.ts';
import { type Branch, defineNodeKind, type Next, type NodeEvent, type Turn } from '../node-kind.ts';
import { PromptSchema } from '../prompt.ts';
import {
  beginRinging,
  type Data,
  DataSchema,
  giveUp,
  ringingFailed,
  toldToWait,
  WaitingSchema,
  waitAgain,
  whatIsDue,
} from './transfer-round.ts';
import { checkTargets, TransferTargetSchema, withTargets } from './transfer-targets.ts';

/**
 * 転送: connects the caller with one of several staff telephones. Branches: `busy`, `unanswered`, `failed`, `ended` (staff hung up first);
 * with `waiting` there is `waitedTooLong` in place of the first two, and with its `leaveKey` also `leaves`.
 */
export const TransferNodeSchema = z.preprocess(
  withTargets,
  z.object({
    kind: z.literal('transfer'),
    ...nodeFields,
    targets: z.array(TransferTargetSchema).min(1).max(10),
    /** `all`: who takes the call first has it. */
    ringing: z.enum(['inOrder', 'all']).default('inOrder'),
    /** Not done where the notice of it could not be heard: the caller is connected all the same. */
    record: z.boolean().default(false),
    announcement: PromptSchema.nullable().default(null),
    /** The announcement tells that the talk is recorded. */
    givesRecordingNotice: z.boolean().default(false),
    /** Said to staff only, before they are connected. */
    whisper: PromptSchema.nullable().default(null),
    /** Only who presses it is connected, so that an answering machine never takes the call. */
    acceptKey: KeySchema.nullable().default(null),
    /** From picking up on. */
    acceptTimeoutMs: z.int().min(5_000).max(60_000).default(15_000),
    waiting: WaitingSchema.nullable().default(null),
  }),
);
export type TransferNode = z.infer<typeof TransferNodeSchema>;

/** No talk at a counter is longer; a leg that was never torn down is. */
const LONGEST_TALK_MS = 4 * 3_600_000;
/** After the caller's own hanging up, its event follows. */
const HANG_UP_GRACE_MS = 5_000;

export const transfer = defineNodeKind<TransferNode, Data>({
  kind: 'transfer',
  label: '転送',
  schema: TransferNodeSchema,
  data: DataSchema,
  waits: true,
  actsOutside: true,
  reaches: 'person',
  dropsKeys: true,
  branches,
  check: (node, surroundings) => [
    ...checkOptionalPrompt(node.announcement, '転送前の案内', surroundings),
    ...(node.givesRecordingNotice ? checkNotice(node.announcement) : []),
    ...checkTargets(node.targets, surroundings),
    ...checkOptionalPrompt(node.whisper, '職員への案内', surroundings),
    ...checkAcceptKey(node),
    ...checkOptionalPrompt(node.waiting?.prompt ?? null, '待ち時間の案内', surroundings),
  ],
  prompts: (node) => [node.announcement, node.whisper, node.waiting?.prompt ?? null],
  whispers: (node) => [node.whisper],
  rings: (node) => node.targets.map(({ to }) => to),
  recording(node) {
    const givesNotice = node.givesRecordingNotice && saysSomething(node.announcement);
    return { givesNotice, needsNotice: node.record && !givesNotice };
  },
  enter(node, turn) {
    turn.dropTypedKeys();
    if (!turn.say([node.announcement], { interruptible: false })) return beginRinging(node, turn);
    const data: Data = {
      stage: 'announcing',
      id: turn.seq,
      target: 0,
      failures: [],
      sinceMs: turn.atMs,
      untilMs: turn.atMs,
      promptDueMs: turn.atMs,
      told: false,
    };
    return { type: 'stay', data, wait: 'announced' };
  },
  on(node, data, event, turn) {
    if (data.stage === 'announcing') return event.type === 'announced' ? beginRinging(node, turn) : null;
    if (data.stage === 'ringing' || data.stage === 'pausing') return whileWaiting(node, data, event, turn);
    if (event.type === 'timePassed') return overdue(data, turn);
    if (data.stage !== 'talking' || event.type !== 'transferEnded' || event.id !== data.id) return null;
    if (event.by === 'staff') return { type: 'go', branch: 'ended' };
    return { type: 'stay', data: { ...data, stage: 'over' }, wait: { forMs: HANG_UP_GRACE_MS } };
  },
  resume(_node, data, turn) {
    if (data.stage === 'ringing' || data.stage === 'pausing') return waitAgain(data, turn);
    return data.stage === 'announcing' && turn.sayAgain() ? { type: 'stay', data, wait: 'announced' } : null;
  },
  atHangUp: (_node, { stage }) =>
    stage === 'talking' || stage === 'over' ? { served: 'transfer', branch: 'ended' } : null,
});

/** A caller who can wait does so instead of taking the way of busy or of no answer. */
function branches({ waiting }: TransferNode): readonly Branch[] {
  const inVain: readonly Branch[] =
    waiting === null
      ? [
          { name: 'busy', label: '話し中', passive: true },
          { name: 'unanswered', label: '応答なし', passive: true },
        ]
      : [{ name: 'waitedTooLong', label: '待ち時間の上限', passive: true }];
  const leaves: readonly Branch[] =
    waiting === null || waiting.leaveKey === null
      ? []
      : [{ name: 'leaves', label: '待つのをやめる', passive: false }];
  return [
    ...inVain,
    ...leaves,
    { name: 'failed', label: '接続不可', passive: true },
    { name: 'ended', label: '通話終了', passive: true },
  ];
}

function whileWaiting(node: TransferNode, data: Data, event: NodeEvent, turn: Turn): Next<Data> | null {
  switch (event.type) {
    case 'announced':
      return toldToWait(node, data, turn);
    case 'timePassed':
      return whatIsDue(node, data, turn);
    case 'keyPressed':
      return data.told && event.key === node.waiting?.leaveKey ? giveUp(data, 'leaves', turn) : null;
    case 'transferAnswered':
    case 'transferFailed':
    case 'actionFailed':
      return data.stage === 'ringing' && event.id === data.id ? reported(node, data, event, turn) : null;
    default:
      return null;
  }
}

function reported(
  node: TransferNode,
  data: Data,
  event: Extract<NodeEvent, { type: 'transferAnswered' | 'transferFailed' | 'actionFailed' }>,
  turn: Turn,
): Next<Data> {
  if (event.type === 'transferFailed') return ringingFailed(node, data, event.reason, turn);
  if (event.type === 'actionFailed') return ringingFailed(node, data, 'unknown', turn);
  turn.stopAnnouncing();
  turn.markServed('transfer');
  return { type: 'stay', data: { ...data, stage: 'talking' }, wait: { forMs: LONGEST_TALK_MS } };
}

function overdue(data: Data, turn: Turn): Next<Data> {
  if (data.stage === 'over') return { type: 'finish', branch: 'ended' };
  turn.act({ type: 'endTransfer', id: data.id });
  return { type: 'go', branch: 'ended' };
}

function checkAcceptKey({ acceptKey, whisper }: TransferNode): readonly Finding[] {
  if (acceptKey === null || saysSomething(whisper)) return [];
  return [
    {
      severity: 'error',
      code: 'acceptKeyUnsaid',
      message: '電話を受けるためのキーを、職員に知らせる案内がありません。',
      mend: `職員への案内に「つなぐには${acceptKey === '#' ? 'シャープ' : acceptKey === '*' ? '米印' : acceptKey}を押してください」などと入力するか、キーを「なし」にしてください。`,
    },
  ];
}
