import { z } from 'zod';
import { checkNotice, checkOptionalPrompt, saysSomething } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { PromptSchema } from '../prompt.ts';

/** 伝言録音: records what the caller says. Branches: `recorded`, `empty` (nothing said, or the notice could not be heard). */
export const VoicemailNodeSchema = z.object({
  kind: z.literal('voicemail'),
  ...nodeFields,
  /** Tells that the caller is recorded; null where an announcement before did. */
  notice: PromptSchema.nullable(),
  maxDurationMs: z.int().min(5_000).max(600_000).default(120_000),
  maxSilenceMs: z.int().min(1_000).max(60_000).default(5_000),
  endKey: z.enum(['#', '*']).nullable().default('#'),
});
export type VoicemailNode = z.infer<typeof VoicemailNodeSchema>;

const DataSchema = z.object({
  stage: z.enum(['announcing', 'untold', 'recording', 'stopping', 'over']),
  id: z.int(),
  sinceMs: z.number(),
});
type Data = z.infer<typeof DataSchema>;

/** Shorter is a caller who hung up at the tone. */
export const SHORTEST_MESSAGE_MS = 1_000;
/** The line ends a recording itself; this is for a report that never comes. */
const REPORT_GRACE_MS = 10_000;
/** Left without recording only after a moment, so that no loop through it spins. */
const UNTOLD_PAUSE_MS = 1_000;

export const voicemail = defineNodeKind<VoicemailNode, Data>({
  kind: 'voicemail',
  label: '伝言録音',
  schema: VoicemailNodeSchema,
  data: DataSchema,
  waits: true,
  reaches: 'message',
  dropsKeys: true,
  branches: () => [
    { name: 'recorded', label: '録音済み', passive: false },
    { name: 'empty', label: '録音なし', passive: true },
  ],
  check: (node, surroundings) => [
    ...checkOptionalPrompt(node.notice, '録音の告知', surroundings),
    ...(saysSomething(node.notice) ? checkNotice(node.notice) : []),
  ],
  prompts: (node) => [node.notice],
  recording(node) {
    const givesNotice = saysSomething(node.notice);
    return { givesNotice, needsNotice: !givesNotice };
  },
  enter(node, turn) {
    turn.dropTypedKeys();
    if (!turn.say([node.notice], { interruptible: false })) return record(node, turn);
    return {
      type: 'stay',
      data: { stage: 'announcing', id: turn.seq, sinceMs: turn.atMs },
      wait: 'announced',
    };
  },
  on(node, data, event, turn) {
    if (data.stage === 'announcing') return event.type === 'announced' ? record(node, turn) : null;
    if (event.type === 'timePassed') return overdue(data, turn);
    if (data.stage === 'untold' || data.stage === 'over') return null;
    if (!('id' in event) || event.id !== data.id) return null;
    if (event.type === 'actionFailed') return { type: 'go', branch: 'empty' };
    if (event.type !== 'voicemailRecorded') return null;
    if (event.durationMs < SHORTEST_MESSAGE_MS) return { type: 'go', branch: 'empty' };
    turn.markServed('voicemail');
    // His hanging up follows as an event of its own: nobody is there to hear what comes next.
    if (event.endedBy === 'hangUp') {
      return { type: 'stay', data: { ...data, stage: 'over' }, wait: { forMs: REPORT_GRACE_MS } };
    }
    return { type: 'go', branch: 'recorded' };
  },
  resume: (_node, data, turn) =>
    data.stage === 'announcing' && turn.sayAgain() ? { type: 'stay', data, wait: 'announced' } : null,
  atHangUp(_node, data, atMs) {
    const hasMessage =
      data.stage === 'over' ||
      ((data.stage === 'recording' || data.stage === 'stopping') &&
        atMs - data.sinceMs >= SHORTEST_MESSAGE_MS);
    return hasMessage ? { served: 'voicemail', branch: 'recorded' } : null;
  },
});

function record(node: VoicemailNode, turn: Turn): Next<Data> {
  turn.dropTypedKeys();
  const data = { id: turn.seq, sinceMs: turn.atMs };
  if (!turn.toldOfRecording) {
    return { type: 'stay', data: { ...data, stage: 'untold' }, wait: { forMs: UNTOLD_PAUSE_MS } };
  }
  turn.act({
    type: 'recordVoicemail',
    id: turn.seq,
    maxDurationMs: node.maxDurationMs,
    maxSilenceMs: node.maxSilenceMs,
    endKey: node.endKey,
  });
  const wait = { forMs: node.maxDurationMs + REPORT_GRACE_MS };
  return { type: 'stay', data: { ...data, stage: 'recording' }, wait };
}

/** First asks the line to stop and to report; without any report the message is taken for empty. */
function overdue(data: Data, turn: Turn): Next<Data> {
  if (data.stage === 'over') return { type: 'finish', branch: 'recorded' };
  if (data.stage === 'stopping' || data.stage === 'untold') return { type: 'go', branch: 'empty' };
  turn.act({ type: 'stopVoicemail', id: data.id });
  return { type: 'stay', data: { ...data, stage: 'stopping' }, wait: { forMs: REPORT_GRACE_MS } };
}
