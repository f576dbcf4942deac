import {
  type BoundNode,
  BundleUnreadableError,
  CallEventSchema,
  loadPublished,
  nationalDigits,
  type RunnableFlow,
} from '@madoguchi/flow';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { CallStory } from '../../http/contract.ts';
import { Refusal } from '../../http/index.ts';
import { readSms } from '../../sms/index.ts';
import { builtInVersion } from '../built-in-versions.ts';
import { selectSummaries, summaryOf } from './call-summary.ts';
import { recordingsOf } from './recordings-of.ts';
import { showNumber } from './show-number.ts';
import { smsShown } from './sms-shown.ts';
import { readLeft } from './story-left.ts';
import { wordEvent, wordSealed } from './story-wording.ts';

const TakenSchema = z.array(z.object({ flowId: z.string(), nodeId: z.string(), branch: z.string() }));
const AnnouncedSchema = z.object({ type: z.literal('announced'), id: z.int() });

type EventRow = {
  readonly seq: number;
  readonly at: Date;
  readonly at_ms: number;
  readonly type: string;
  readonly node_id: string | null;
  readonly taken: unknown;
  readonly event: unknown;
  readonly sealed_with: string | null;
};

/** One call step by step, with its recordings and texts. @throws Refusal 404 */
export async function readStory(db: Database, callId: string): Promise<CallStory> {
  const row = await selectSummaries(db)
    .select('s.bundle_id')
    .where('s.call_id', '=', callId)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'callNotFound', 'この通話の記録は見つかりません。');
  const events = await db
    .selectFrom('call_event')
    .select(['seq', 'at', 'at_ms', 'type', 'node_id', 'taken', 'event', 'sealed_with'])
    .where('call_day', '=', row.call_day)
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute();
  const recordings = await recordingsOf(db, [callId]);
  const bundle = await readBundle(db, row.bundle_id);
  const left = await readLeft(db, callId, bundle);
  // A text's id is that of the event that caused it.
  const sms = await readSms(
    db,
    events.map((event) => `${callId}-${event.seq}`),
  );
  return {
    call: summaryOf(row),
    steps: events.map((event) =>
      stepOf(event, bundle, row.phone_number_name, wasCutShort(event, events), left.get(event.seq) ?? []),
    ),
    recordings: [...(recordings.get(callId) ?? [])],
    sms: [...sms].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).map(smsShown),
  };
}

/** The version that the call followed, one of our own included, or null where it cannot be read any more: the story is then told without titles. */
async function readBundle(db: Database, bundleId: string): Promise<RunnableFlow | null> {
  const ours = builtInVersion(bundleId);
  if (ours !== null) return ours;
  const row = await db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirst();
  if (row === undefined) return null;
  try {
    return loadPublished(row.bundle);
  } catch (error) {
    if (error instanceof BundleUnreadableError) return null;
    throw error;
  }
}

function stepOf(
  row: EventRow,
  bundle: RunnableFlow | null,
  phoneNumberName: string | null,
  cutShort: boolean,
  left: readonly string[],
): CallStory['steps'][number] {
  const event = CallEventSchema.safeParse(row.event);
  const taken = TakenSchema.catch([]).parse(row.taken);
  const node = nodeAt(bundle, row.node_id, taken);
  const branchLabels = taken.flatMap(({ flowId, nodeId, branch }) => {
    if (nodeId !== row.node_id) return [];
    const label = bundle?.node({ flowId, nodeId })?.branches.find((one) => one.name === branch)?.label;
    return label === undefined ? [] : [label];
  });
  return {
    seq: row.seq,
    atMs: row.at_ms,
    at: row.at.toISOString(),
    type: row.type,
    text:
      row.sealed_with !== null
        ? wordSealed(row.type)
        : event.success
          ? // Without its flow nobody knows whether a key was a birth date's: it stays hidden.
            wordEvent(event.data, {
              phoneNumberName,
              secret: node?.secret ?? row.node_id !== null,
              branchLabels,
              cutShort,
              left,
              takenBy: event.data.type === 'transferAnswered' ? numberAt(node, event.data.target ?? 0) : null,
            })
          : 'この記録は表示できません',
    nodeTitle: node === null ? row.node_id : node.title || row.node_id,
  };
}

/** An announcement ends where its caller presses a key and goes on: between its cause and its end a branch was taken. */
function wasCutShort({ seq, event }: EventRow, events: readonly EventRow[]): boolean {
  const announced = AnnouncedSchema.safeParse(event);
  if (!announced.success) return false;
  return events.some(
    (one) =>
      one.seq > announced.data.id && one.seq < seq && TakenSchema.catch([]).parse(one.taken).length > 0,
  );
}

function numberAt(node: BoundNode | null, target: number): string | null {
  const written = node?.rings[target];
  return written === undefined ? null : showNumber(nationalDigits(written) ?? written);
}

/** Events carry the node's id without its flow's; the branches that the event took tell it, otherwise the first flow with that id. */
function nodeAt(bundle: RunnableFlow | null, nodeId: string | null, taken: z.infer<typeof TakenSchema>) {
  if (bundle === null || nodeId === null) return null;
  const flowIds = [
    ...taken.filter((one) => one.nodeId === nodeId).map((one) => one.flowId),
    bundle.bundle.entryFlowId,
    ...Object.keys(bundle.bundle.flows),
  ];
  for (const flowId of flowIds) {
    const node = bundle.node({ flowId, nodeId });
    if (node !== null) return node;
  }
  return null;
}
