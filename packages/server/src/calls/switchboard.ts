import type { Action, CallContext, RunnableFlow } from '@madoguchi/flow';
import { callerKindOf } from '@madoguchi/flow';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { answeringWithin, type Database } from '../database/index.ts';
import type { Line, LineEvent, SurvivingCall } from '../line/index.ts';
import { readSms, type SettledSms } from '../sms/index.ts';
import type { CallLog } from './call-log.ts';
import { callDayOf, type RecordingRow } from './call-record.ts';
import type { CampaignCalls } from './campaign-calls.ts';
import { carryOut, type PromptsFor, type UnheardCode } from './carry-out.ts';
import { Conversation, type Surroundings } from './conversation.ts';
import type { Directory } from './directory.ts';
import type { SwitchingCalls } from './emergency/index.ts';
import type { EventSeal } from './event-seal.ts';
import type { NumberAsking } from './number-asking/index.ts';
import type { Recordings } from './recordings.ts';
import { rejoin } from './rejoin.ts';
import { type CallReader, type OpenCall, readOpenCalls, spooledOpenCalls } from './resume.ts';
import { serviceFor, takesLine } from './service-for.ts';
import { type CallLineEvent, UnattendedCalls } from './unattended-calls.ts';
import { createUndecidedCalls } from './undecided-calls.ts';

const SETTLE_AGAIN_MS = 2_000;
/** Callers wait in silence while their past is read; a PostgreSQL that takes longer counts as away. */
const READ_LIMIT_MS = 5_000;

/** 交換台: brings the line's events to the conversations and their actions to the line. */
export type Switchboard = {
  /** Connects the line and takes up the calls that a former process of this machine left. */
  start(): Promise<void>;
  /** Stops taking part; calls go on at the engine until a process takes them up again. */
  stop(): Promise<void>;
  /** What became of the text message `callId-seq`. */
  smsSettled(id: string, outcome: SettledSms): void;
  readonly callsInProgress: number;
  /** Whether the call goes on, as one of a person who calls back. */
  hasCallBack(callId: string): boolean;
  /** Those that calls in progress follow, also where they are no longer in force. */
  readonly versionsInUse: readonly RunnableFlow[];
  readonly engineUp: boolean;
};

export function createSwitchboard(parts: {
  readonly line: Line;
  readonly callLog: CallLog;
  readonly directory: Directory;
  readonly promptsFor: PromptsFor;
  readonly recordings: Recordings;
  readonly seal: EventSeal;
  /** Has the calls to the number by which emergency announcements are switched. */
  readonly switching: SwitchingCalls;
  readonly campaignCalls: CampaignCalls;
  /** Of whom the telephone is not shown. */
  readonly askForNumber: NumberAsking;
  readonly db: Database;
  readonly clock: Clock;
  readonly callNode: string;
  readonly log: Logger;
}): Switchboard {
  const { line, callLog, directory, recordings, seal, switching, campaignCalls, db, clock, callNode, log } =
    parts;
  const conversations = new Map<string, Conversation>();
  /** Events that come while the calls of a former process are taken up. */
  let held: CallLineEvent[] | null = [];
  /** Calls that the engine holds and whose past is not known yet. */
  let unattended = new UnattendedCalls([]);
  /** Calls of which an action may not have reached the engine; they go on once the connection is back. */
  const unheard = new Set<Conversation>();
  let takingUp: Promise<void> = Promise.resolve();
  let cancelSettling: (() => void) | null = null;
  let engineUp = false;
  let engineLost = false;
  let stopped = false;
  const reading = answeringWithin(db, READ_LIMIT_MS);

  const perform = carryOut({
    line,
    promptsFor: parts.promptsFor,
    directory,
    campaignCalls,
    clock,
    log,
    recordingPath: (conversation, action) => {
      const row = recordingFor(conversation.context, action);
      return row === null ? null : recordings.pathOf(row.file_name);
    },
    onUnheard,
  });
  const around: Surroundings = {
    clock,
    callNode,
    seal: seal.seal,
    append: callLog.append,
    perform,
    recordingFor,
    dueAt: directory.dueAt,
    onEnded,
  };
  const reader: CallReader = { directory, seal, log };
  const undecided = createUndecidedCalls({ campaignCalls, askForNumber: parts.askForNumber, deliver });

  function recordingFor(context: CallContext, action: Action): RecordingRow | null {
    if (action.type !== 'recordVoicemail' && (action.type !== 'transfer' || !action.record)) return null;
    // The number's setting stands above whatever its flow says.
    if (directory.phoneNumber(context.phoneNumber)?.recordingEnabled === false) return null;
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
    unheard.delete(conversation);
    if (conversation.context.placed !== undefined) campaignCalls.over(conversation.context.placed.attemptId);
    finishRecordings();
  }

  function finishRecordings(): void {
    void callLog.settled().then(() => recordings.finish());
  }

  function offered(event: Extract<LineEvent, { type: 'offered' }> | SurvivingCall): void {
    const { admission } = event;
    const known = event.calledNumbers.find((digits) => directory.phoneNumber(digits) !== null);
    const phoneNumber = known ?? event.calledNumbers[0] ?? '';
    const { callId, callerNumber } = event;
    if (phoneNumber === directory.switchingNumber) {
      switching.take({ callId, callerNumber }, admission);
      return;
    }
    const callsOnNumber =
      undecided.countOn(phoneNumber) +
      [...conversations.values()].filter(
        (each) => each.context.phoneNumber === phoneNumber && takesLine(each.context),
      ).length;
    const call = { phoneNumber, callerNumber, admission, callsOnNumber };
    const { bundle, isLetIn, ...service } = serviceFor(directory, call, clock.now());
    const context: CallContext = {
      callId,
      phoneNumber,
      ...(known === undefined ? {} : { phoneNumberName: directory.phoneNumber(known)?.name }),
      callerNumber,
      callerKind: callerKindOf(callerNumber, event.withheldReason),
      ...service,
      beganAt: new Date(clock.now()).toISOString(),
    };
    const { sipCallId } = event;
    // Nothing is asked of a caller before an emergency announcement.
    const mayAsk = callerNumber !== null || service.opening === undefined;
    if (isLetIn && mayAsk && campaignCalls.expectsCallBacks(phoneNumber)) {
      const received = { callId, phoneNumber, telephone: callerNumber, sipCallId };
      undecided.decide(received, (callBack) =>
        callBack === null
          ? converse(context, bundle, sipCallId)
          : converse(
              { ...context, bundleId: callBack.bundleId, placed: callBack.placed },
              callBack.bundle,
              sipCallId,
            ),
      );
    } else converse(context, bundle, sipCallId);
  }

  function converse(context: CallContext, bundle: RunnableFlow, sipCallId: string | null): Conversation {
    const conversation = new Conversation({ bundle, context, sipCallId }, null, around);
    conversations.set(context.callId, conversation);
    conversation.receive({ type: 'began', context });
    return conversation;
  }

  /** A citizen whom a campaign calls has answered, now or while nobody of ours looked. */
  function attemptAnswered(callId: string, sipCallId: string | null): void {
    if (conversations.has(callId)) return;
    const call = campaignCalls.callOf(callId);
    if (call === null) {
      log.warn({ callId }, 'an answered attempt is not known and is hung up');
      line
        .hangUp(callId)
        .catch((error: unknown) => log.warn({ err: error, callId }, 'an attempt was not hung up'));
      return;
    }
    const context: CallContext = {
      ...call.context,
      callId,
      beganAt: new Date(clock.now()).toISOString(),
    };
    converse(context, call.bundle, sipCallId).receive({ type: 'answered' });
  }

  function onLineEvent(event: LineEvent): void {
    switch (event.type) {
      case 'engineLost':
        onEngineLost();
        return;
      case 'engineBack':
        engineLost = false;
        held ??= [];
        takingUp = takingUp.then(() => takeUp(event.surviving));
        return;
      case 'reconnected':
        sayAgainToUnheard();
        return;
      default:
        if (held !== null) held.push(event);
        else deliver(event);
    }
  }

  /** From here on nothing is known of the calls: neither time nor a late answer may decide what became of them. */
  function onEngineLost(): void {
    engineUp = false;
    engineLost = true;
    unheard.clear();
    if (held !== null) held = [];
    for (const conversation of conversations.values()) conversation.letGo();
    switching.letGo();
    undecided.letGo();
  }

  function onUnheard(conversation: Conversation, code: UnheardCode): void {
    if (code === 'unanswered') conversation.receive({ type: 'resumed' });
    else unheard.add(conversation);
  }

  function sayAgainToUnheard(): void {
    const waiting = [...unheard];
    unheard.clear();
    for (const conversation of waiting) conversation.receive({ type: 'resumed' });
  }

  function deliver(event: CallLineEvent): void {
    if (switching.hear(event) || undecided.hear(event)) return;
    if (event.type === 'offered') {
      if (!conversations.has(event.callId)) offered(event);
      return;
    }
    if (event.type === 'attemptAnswered') {
      attemptAnswered(event.callId, event.sipCallId);
      return;
    }
    const conversation = conversations.get(event.callId);
    if (conversation === undefined) {
      unattended.hear(event);
      return;
    }
    const { callId: _, ...rest } = event;
    switch (rest.type) {
      case 'announced':
        conversation.receive({ type: 'announced', id: rest.id });
        break;
      case 'keyPressed':
        if (conversation.context.placed !== undefined)
          campaignCalls.keyPressed(conversation.context.placed.attemptId);
        conversation.receive({ type: 'keyPressed', key: rest.key });
        break;
      case 'announcementFailed':
        conversation.receive({ type: 'actionFailed', id: rest.id, reason: 'announcementFailed' });
        break;
      case 'voicemailRecorded':
        // After a restart the line tells of the last message again, since it does not know who has heard of it.
        if (conversation.pending.voicemailId !== rest.id) break;
        conversation.receive(rest);
        finishRecordings();
        break;
      default:
        conversation.receive(rest);
        if (rest.type === 'transferEnded') finishRecordings();
    }
  }

  /** Settles every call that this machine's records still show open: it goes on where the engine has it, else it is lost. */
  async function takeUp(surviving: readonly SurvivingCall[]): Promise<void> {
    held ??= [];
    unattended = new UnattendedCalls(surviving);
    for (const conversation of [...conversations.values()]) {
      const survivor = unattended.take(conversation.callId)?.survivor ?? null;
      if (survivor === null) lose(conversation);
      else goOn(conversation, survivor);
    }
    await settleOpenCalls();
    const waiting = held;
    held = null;
    for (const event of waiting) onLineEvent(event);
    engineUp = !engineLost;
  }

  /**
   * Without PostgreSQL only those calls are known that lie whole in the spool. The others wait at the engine, unattended, until their
   * past can be read: begun anew they would be two calls in one record.
   */
  async function settleOpenCalls(): Promise<void> {
    cancelSettling?.();
    cancelSettling = null;
    await callLog.settled();
    const all = await knownOpenCalls();
    // Whatever was true of these calls is not any more; `engineBack` begins anew.
    if (engineLost || stopped) return;
    for (const open of all.calls) {
      const { callId } = open.beginning.context;
      if (conversations.has(callId)) continue;
      const call = unattended.take(callId);
      if (call === null && !all.complete) continue;
      const conversation = new Conversation(open.beginning, open.past, around);
      conversations.set(callId, conversation);
      if (call === null) {
        lose(conversation);
        continue;
      }
      goOn(conversation, call.survivor);
      for (const event of call.missed) deliver(event);
    }
    if (!all.complete) {
      cancelSettling = clock.after(SETTLE_AGAIN_MS, () => void settleOpenCalls());
      return;
    }
    for (const { survivor, missed } of unattended.takeAll()) {
      // It goes on without us, and its past is nowhere to be found.
      if (survivor.isForwarded === true) continue;
      if (survivor.isAttempt === true) {
        attemptAnswered(survivor.callId, survivor.sipCallId);
        for (const event of missed) deliver(event);
        continue;
      }
      offered(survivor);
      // The process died between the answer and the first row of its log: the engine does not say 'answered' a second time.
      if (survivor.answered) deliver({ type: 'answered', callId: survivor.callId });
      for (const event of missed) deliver(event);
    }
  }

  async function knownOpenCalls(): Promise<{
    readonly complete: boolean;
    readonly calls: readonly OpenCall[];
  }> {
    try {
      if (await callLog.drain()) {
        const calls = await readOpenCalls(reading, reader, callNode);
        await campaignCalls.load();
        return { complete: true, calls };
      }
    } catch (error) {
      log.warn({ err: error }, 'open calls cannot be read from PostgreSQL yet');
    }
    try {
      return { complete: false, calls: await spooledOpenCalls(await callLog.spooled(), reader) };
    } catch (error) {
      log.error({ err: error }, 'open calls cannot be read from the spool yet');
      return { complete: false, calls: [] };
    }
  }

  function lose(conversation: Conversation): void {
    conversation.takePart();
    conversation.receive({ type: 'callLost' });
  }

  function goOn(conversation: Conversation, survivor: SurvivingCall): void {
    rejoin(conversation, survivor, perform);
    const { smsId } = conversation.pending;
    if (smsId !== null) void askOutbox(conversation, smsId);
  }

  /** The message may have been settled while no process was there to hear of it. */
  async function askOutbox(conversation: Conversation, smsId: number): Promise<void> {
    try {
      const id = `${conversation.callId}-${smsId}`;
      const [sms] = await readSms(reading, [id]);
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
      takingUp = takingUp.then(() => takeUp(surviving));
      await takingUp;
      await recordings.finish();
    },
    async stop() {
      stopped = true;
      cancelSettling?.();
      for (const conversation of conversations.values()) conversation.letGo();
      switching.letGo();
      undecided.letGo();
      await line.stop();
      await callLog.stop();
    },
    smsSettled,
    hasCallBack: (callId) => conversations.get(callId)?.context.placed?.isCallBack === true,
    get callsInProgress() {
      return conversations.size;
    },
    get versionsInUse() {
      return [...conversations.values()].map(({ bundle }) => bundle);
    },
    get engineUp() {
      return engineUp;
    },
  };
}
