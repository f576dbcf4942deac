import { z } from 'zod';
import { checkNotice, checkOptionalPrompt, saysSomething } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import type { Finding, NodeSurroundings } from '../finding.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { mayDial, nationalDigits } from '../numbering.ts';
import { PromptSchema } from '../prompt.ts';

/** 転送: connects the caller with a staff telephone. Branches: `busy`, `unanswered`, `failed`, `ended` (staff hung up first). */
export const TransferNodeSchema = z.object({
  kind: z.literal('transfer'),
  ...nodeFields,
  /** As staff write it; hyphens are allowed. */
  to: z.string(),
  ringTimeoutMs: z.int().min(5_000).max(120_000).default(30_000),
  /** Not done where the notice of it could not be heard: the caller is connected all the same. */
  record: z.boolean().default(false),
  announcement: PromptSchema.nullable().default(null),
  /** The announcement tells that the talk is recorded. */
  givesRecordingNotice: z.boolean().default(false),
});
export type TransferNode = z.infer<typeof TransferNodeSchema>;

const DataSchema = z.object({ stage: z.enum(['announcing', 'ringing', 'talking', 'over']), id: z.int() });
type Data = z.infer<typeof DataSchema>;

/** The line reports the end of ringing itself; this is for a report that never comes. */
const RING_GRACE_MS = 20_000;
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
  branches: () => [
    { name: 'busy', label: '話し中', passive: true },
    { name: 'unanswered', label: '応答なし', passive: true },
    { name: 'failed', label: '接続不可', passive: true },
    { name: 'ended', label: '通話終了', passive: true },
  ],
  check: (node, surroundings) => [
    ...checkOptionalPrompt(node.announcement, '転送前の案内', surroundings),
    ...(node.givesRecordingNotice ? checkNotice(node.announcement) : []),
    ...checkTarget(node.to, surroundings),
  ],
  prompts: (node) => [node.announcement],
  recording(node) {
    const givesNotice = node.givesRecordingNotice && saysSomething(node.announcement);
    return { givesNotice, needsNotice: node.record && !givesNotice };
  },
  enter(node, turn) {
    turn.dropTypedKeys();
    if (!turn.say([node.announcement], { interruptible: false })) return dial(node, turn);
    return { type: 'stay', data: { stage: 'announcing', id: turn.seq }, wait: 'announced' };
  },
  on(node, data, event, turn) {
    if (data.stage === 'announcing') return event.type === 'announced' ? dial(node, turn) : null;
    if (event.type === 'timePassed') return overdue(data, turn);
    if (!('id' in event) || event.id !== data.id) return null;
    if (data.stage === 'ringing' && event.type === 'transferAnswered') {
      turn.markServed('transfer');
      return { type: 'stay', data: { ...data, stage: 'talking' }, wait: { forMs: LONGEST_TALK_MS } };
    }
    if (data.stage === 'ringing' && event.type === 'transferFailed') {
      const branch = event.reason === 'busy' || event.reason === 'unanswered' ? event.reason : 'failed';
      return { type: 'go', branch };
    }
    if (data.stage === 'ringing' && event.type === 'actionFailed') return { type: 'go', branch: 'failed' };
    if (data.stage !== 'talking' || event.type !== 'transferEnded') return null;
    if (event.by === 'staff') return { type: 'go', branch: 'ended' };
    return { type: 'stay', data: { ...data, stage: 'over' }, wait: { forMs: HANG_UP_GRACE_MS } };
  },
  resume: (_node, data, turn) =>
    data.stage === 'announcing' && turn.sayAgain() ? { type: 'stay', data, wait: 'announced' } : null,
  atHangUp: (_node, { stage }) =>
    stage === 'talking' || stage === 'over' ? { served: 'transfer', branch: 'ended' } : null,
});

function dial(node: TransferNode, turn: Turn): Next<Data> {
  const to = nationalDigits(node.to);
  if (to === null) return { type: 'go', branch: 'failed' };
  const record = node.record && turn.toldOfRecording;
  turn.act({ type: 'transfer', id: turn.seq, to, ringTimeoutMs: node.ringTimeoutMs, record });
  const wait = { forMs: node.ringTimeoutMs + RING_GRACE_MS };
  return { type: 'stay', data: { stage: 'ringing', id: turn.seq }, wait };
}

function overdue(data: Data, turn: Turn): Next<Data> {
  if (data.stage === 'over') return { type: 'finish', branch: 'ended' };
  turn.act({ type: 'endTransfer', id: data.id });
  return { type: 'go', branch: data.stage === 'talking' ? 'ended' : 'failed' };
}

function checkTarget(to: string, surroundings: NodeSurroundings): readonly Finding[] {
  const digits = nationalDigits(to);
  if (digits === null || !mayDial(digits, { tollFree: true }).allowed) {
    return [
      {
        severity: 'error',
        code: 'notDialable',
        message:
          to.trim() === ''
            ? '転送先の電話番号がありません。'
            : '転送先が、電話をかけられる番号ではありません。',
        mend: '市外局番から始まる電話番号を入力してください。緊急通報や有料情報の番号には転送できません。',
      },
    ];
  }
  if (!surroundings.ownNumbers.some((own) => nationalDigits(own) === digits)) return [];
  return [
    {
      severity: 'error',
      code: 'ownNumber',
      message: '転送先が、このシステム自身が受ける電話番号です。転送がまた自動応答につながります。',
      mend: '職員の電話機につながる番号を入力してください。',
    },
  ];
}
