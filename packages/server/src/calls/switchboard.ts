import type { Action, CallContext } from '@madoguchi/flow';
import { callerKindOf } from '@madoguchi/flow';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Line, LineEvent, SurvivingCall } from '../line/index.ts';
import { readSms, type SettledSms } from '../sms/index.ts';
import type { Prompts } from '../speech/index.ts';
import type { CallLog } from './call-log.ts';
import { callDayOf, type RecordingRow } from './call-record.ts';
import { carryOut } from './carry-out.ts';
import { Conversation, type Surroundings } from './conversation.ts';
import type { Directory } from './directory.ts';
import type { Recordings } from './recordings.ts';
import { type OpenCall, readOpenCalls, spooledOpenCalls } from './resume.ts';
import { UNASSIGNED_BUNDLE_ID, unassignedNumber } from './unassigned-number.ts';

const SETTLE_AGAIN_MS = 2_000;

/** 交換台: brings the line's events to the conversations and their actions to the line. */
export type Switchboard = {
  /** Connects the line and takes up the calls that a former process of this machine left. */
  start(): Promise<void>;
  /** Stops taking part; calls go on at the engine until a process takes them up again. */
  stop(): Promise<void>;
  /** What became of the text message `callId-seq`. */
  smsSettled(id: string, outcome: SettledSms): void;
  readonly callsInProgress: number;
  readonly engineUp: boolean;
};

export function createSwitchboard(parts: {
  readonly line: Line;
  readonly callLog: CallLog;
  readonly directory: Directory;
  readonly prompts: Prompts;
  readonly recordings: Recordings;
  readonly db: Database;
  readonly clock: Clock;
  readonly callNode: string;
  readonly log: Logger;
}): Switchboard {
  const { line, callLog, directory, recordings, db, clock, callNode, log } = parts;
  const conversations = new Map<string, Conversation>();
  /** Events that come while the calls of a former process are taken up. */
  let held: LineEvent[] | null = [];
  /** Calls that the engine holds and whose past is not known yet. */
  let unattended = new Map<string, SurvivingCall>();
  let engineUp = false;

  const perform = carryOut({
    line,
    prompts: parts.prompts,
    directory,
    clock,
    log,
    recordingPath: (conversation, action) => {
      const row = recordingFor(conversation.context, action);
      return row === null ? null : recordings.pathOf(row.file_name);
    },
  });
  const around: Surroundings = { clock, callNode, append: callLog.append, perform, recordingFor, onEnded };

  function recordingFor(context: CallContext, action: Action): RecordingRow | null {
    if (action.type === 'transfer') {
      if (!action.record || directory.phoneNumber(context.phoneNumber)?.recordingEnabled === false)
        return null;
    } else if (action.type !== 'recordVoicemail') return null;
    const { day } = callDayOf(Date.parse(context.beganAt));
    const recordingId = `${context.callId}-${action.id}`;
    return {
      recording_id: recordingId,
      call_id: context.callId,
      call_day: day,
      kind: action.type === 'transfer' ? 'transfer' : 'voicemail',
      file_name: `${day}/${recordingId}`,
      began_at: new Date(clock.now()).toISOString(),
    };
  }

  function onEnded(conversation: Conversation): void {
    conversations.delete(conversation.callId);
    void callLog.settled().then(() => recordings.finish());
  }

  function offered(event: Extract<LineEvent, { type: 'offered' }> | SurvivingCall): void {
    const served = directory.phoneNumber(event.calledNumber);
    const bundle = served?.bundleId == null ? null : directory.bundleInForce(served.bundleId);
    const context: CallContext = {
      callId: event.callId,
      phoneNumber: event.calledNumber,
      callerNumber: event.callerNumber,
      callerKind: callerKindOf(event.callerNumber, event.withheldReason),
      bundleId: bundle === null || served?.bundleId == null ? UNASSIGNED_BUNDLE_ID : served.bundleId,
      beganAt: new Date(clock.now()).toISOString(),
    };
    const conversation = new Conversation(
      { bundle: bundle ?? unassignedNumber, context, sipCallId: event.sipCallId },
      null,
      around,
    );
    conversations.set(event.callId, conversation);
    conversation.receive({ type: 'began', context });
  }

  function onLineEvent(event: LineEvent): void {
    if (event.type === 'engineLost') {
      engineUp = false;
      return;
    }
    if (event.type === 'engineBack') {
      void takeUp(event.surviving).then(() => {
        engineUp = true;
      });
      return;
    }
    if (held !== null) {
      held.push(event);
      return;
    }
    deliver(event);
  }

  function deliver(event: Exclude<LineEvent, { type: 'engineLost' | 'engineBack' }>): void {
    if (event.type === 'offered') {
      if (!conversations.has(event.callId)) offered(event);
      return;
    }
    const conversation = conversations.get(event.callId);
    if (conversation === undefined) {
      if (event.type === 'callerHungUp' || event.type === 'hungUp') unattended.delete(event.callId);
      return;
    }
    const { callId: _, ...rest } = event;
    switch (rest.type) {
      case 'announced':
        conversation.receive({ type: 'announced', id: rest.id });
        break;
      case 'keyPressed':
        conversation.receive({ type: 'keyPressed', key: rest.key });
        break;
      case 'announcementFailed':
        conversation.receive({ type: 'actionFailed', id: rest.id, reason: 'announcementFailed' });
        break;
      default:
        conversation.receive(rest);
        if (rest.type === 'transferEnded' || rest.type === 'voicemailRecorded') {
          void callLog.settled().then(() => recordings.finish());
        }
    }
  }

  /** Settles every call that this machine's records still show open: it goes on where the engine has it, else it is lost. */
  async function takeUp(surviving: readonly SurvivingCall[]): Promise<void> {
    held ??= [];
    unattended = new Map(surviving.map((call) => [call.callId, call]));
    for (const conversation of [...conversations.values()]) {
      if (!unattended.delete(conversation.callId)) conversation.receive({ type: 'callLost' });
    }
    await settleOpenCalls();
    const waiting = held;
    held = null;
    for (const event of waiting) onLineEvent(event);
  }

  /**
   * Without PostgreSQL only those calls are known that lie whole in the spool. The others wait at the engine, unattended, until their
   * past can be read: begun anew they would be two calls in one record.
   */
  async function settleOpenCalls(): Promise<void> {
    await callLog.settled();
    const all = await knownOpenCalls();
    for (const open of all.calls) {
      const { callId } = open.beginning.context;
      if (conversations.has(callId)) continue;
      const survivor = unattended.get(callId) ?? null;
      unattended.delete(callId);
      if (survivor !== null || all.complete) resume(open, survivor);
    }
    if (!all.complete) {
      clock.after(SETTLE_AGAIN_MS, () => void settleOpenCalls());
      return;
    }
    for (const call of unattended.values()) {
      offered(call);
      // The process died between the answer and the first row of its log: the engine does not say 'answered' a second time.
      if (call.answered) conversations.get(call.callId)?.receive({ type: 'answered' });
    }
    unattended.clear();
  }

  async function knownOpenCalls(): Promise<{
    readonly complete: boolean;
    readonly calls: readonly OpenCall[];
  }> {
    try {
      if (await callLog.drain())
        return { complete: true, calls: await readOpenCalls(db, directory, callNode) };
    } catch (error) {
      log.warn({ err: error }, 'open calls cannot be read from PostgreSQL yet');
    }
    return { complete: false, calls: await spooledOpenCalls(await callLog.spooled(), directory) };
  }

  function resume(open: OpenCall, survivor: SurvivingCall | null): void {
    const conversation = new Conversation(open.beginning, open.past, around);
    conversations.set(conversation.callId, conversation);
    if (survivor === null) {
      conversation.receive({ type: 'callLost' });
      return;
    }
    conversation.rearm();
    const { transfer, smsId } = open.pending;
    if (transfer !== null && survivor.transfer?.id !== transfer.id) {
      // The order to dial was durable, but no leg is there now: it ended, or was never dialled. It is not dialled again.
      conversation.receive(
        transfer.answered
          ? { type: 'transferEnded', id: transfer.id, by: 'staff' }
          : { type: 'transferFailed', id: transfer.id, reason: 'unknown', sipCode: null, q850Cause: null },
      );
    } else if (transfer !== null && !transfer.answered && survivor.transfer?.state === 'answered') {
      conversation.receive({ type: 'transferAnswered', id: transfer.id });
    }
    if (smsId !== null) void askOutbox(conversation, smsId);
    if (survivor.answered && open.past.answeredAt === null) conversation.receive({ type: 'answered' });
    conversation.receive({ type: 'resumed' });
  }

  /** The message may have been settled while no process was there to hear of it. */
  async function askOutbox(conversation: Conversation, smsId: number): Promise<void> {
    try {
      const id = `${conversation.callId}-${smsId}`;
      const [sms] = await readSms(db, [id]);
      if (sms === undefined || sms.state === 'waiting' || sms.state === 'submitting') return;
      if (sms.state === 'refused') smsSettled(id, { type: 'refused', code: sms.refusalCode });
      else if (sms.state === 'unknown') smsSettled(id, { type: 'unknown' });
      else smsSettled(id, { type: 'accepted' });
    } catch (error) {
      // The flow's own deadline goes on without the answer.
      log.warn({ err: error, callId: conversation.callId }, 'the outbox cannot be asked');
    }
  }

  function smsSettled(id: string, outcome: SettledSms): void {
    const at = id.lastIndexOf('-');
    const conversation = conversations.get(id.slice(0, at));
    if (conversation === undefined) return;
    const seq = Number(id.slice(at + 1));
    if (outcome.type === 'accepted') conversation.receive({ type: 'smsAccepted', id: seq });
    else if (outcome.type === 'unknown') conversation.receive({ type: 'smsUnknown', id: seq });
    else conversation.receive({ type: 'smsRefused', id: seq, reason: String(outcome.code ?? 'givenUp') });
  }

  return {
    async start() {
      const surviving = await line.start(onLineEvent);
      await takeUp(surviving);
      engineUp = true;
      await recordings.finish();
    },
    async stop() {
      for (const conversation of conversations.values()) conversation.letGo();
      await line.stop();
      await callLog.stop();
    },
    smsSettled,
    get callsInProgress() {
      return conversations.size;
    },
    get engineUp() {
      return engineUp;
    },
  };
}
