import { type Action, announcementAfter, type RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { type Line, LineError, type TransferOrder } from '../line/index.ts';
import type { Prompts } from '../speech/index.ts';
import type { CampaignCalls } from './campaign-calls.ts';
import type { Conversation } from './conversation.ts';
import type { Directory } from './directory.ts';

/** Speech with the readings that a version was published with; null: with those of now. */
export type PromptsFor = (version: RunnableFlow | null) => Prompts;

/** Who acts for the conversations. */
export type Actors = {
  readonly line: Line;
  readonly promptsFor: PromptsFor;
  readonly directory: Directory;
  readonly campaignCalls: CampaignCalls;
  readonly clock: Clock;
  readonly log: Logger;
  /** Absolute path without ending of the recording that `callId-id` writes, or null where it is not recorded. */
  readonly recordingPath: (conversation: Conversation, action: Action) => string | null;
  /** Told where nobody knows whether the engine heard of an action: the conversation is to `resume` once the engine can be asked. */
  readonly onUnheard: (conversation: Conversation, code: UnheardCode) => void;
};

export type UnheardCode = 'engineAway' | 'outcomeUnknown' | 'unanswered';

/**
 * Makes the function that carries out actions on the line. Actions of one call follow one another; of different calls they do
 * not wait. What cannot be done comes back to the flow as `actionFailed`, so that a caller is never left in silence. A connection
 * that was lost for a moment is no such failure: the flow would take the announcement for said and rush on.
 */
export function carryOut(actors: Actors): (conversation: Conversation, action: Action) => void {
  const last = new WeakMap<Conversation, Promise<void>>();
  return (conversation, action) => {
    if (action.type === 'lookAtCalendar' || action.type === 'lookUpList') {
      conversation.receive(look(actors, action));
      return;
    }
    if (action.type === 'checkIdentity') {
      const attemptId = conversation.context.placed?.attemptId;
      const said =
        attemptId === undefined ? { matches: false } : actors.campaignCalls.whoIs(attemptId, action);
      conversation.receive({ type: 'identitySaid', id: action.id, ...said });
      return;
    }
    const before = last.get(conversation) ?? Promise.resolve();
    // Emergency announcements are no part of the version. Looked at now: the call may be further when its turn comes.
    const isOpening = conversation.state?.phase === 'opening';
    const prompts = actors.promptsFor(isOpening ? null : conversation.bundle);
    // From an opening to the flow the readings may change.
    const next = action.type === 'announce' && !isOpening ? nextAfter(conversation) : null;
    const mine = before
      .then(() => act({ ...actors, prompts }, conversation, action))
      .then(() => {
        // Not awaited: a key may be pressed at any moment.
        if (action.type === 'announce' && next !== null)
          void sayAhead({ ...actors, prompts }, conversation, action.id, next);
      })
      .catch((error: unknown) => {
        actors.log.warn(
          { err: error, callId: conversation.callId, action: action.type },
          'an action could not be carried out',
        );
        const unheard = unheardCode(error);
        if (unheard !== null) actors.onUnheard(conversation, unheard);
        else if ('id' in action)
          conversation.receive({ type: 'actionFailed', id: action.id, reason: reasonOf(error) });
      });
    last.set(conversation, mine);
  };
}

function look(
  { directory, clock }: Actors,
  action: Extract<Action, { type: 'lookAtCalendar' | 'lookUpList' }>,
): Parameters<Conversation['receive']>[0] {
  if (action.type === 'lookAtCalendar') {
    const said = directory.calendarSays(action.calendarId, clock.now());
    return { type: 'calendarSaid', calendarId: action.calendarId, ...said };
  }
  return {
    type: 'listSaid',
    listId: action.listId,
    contains: directory.listContains(action.listId, action.number),
  };
}

type Announcement = Extract<Action, { type: 'announce' }>;

function nextAfter({ bundle, state }: Conversation): Announcement | null {
  return state === null ? null : announcementAfter(bundle, state);
}

/** Has what follows by itself begin without a gap. Where that fails, it is said when its time has come. */
async function sayAhead(
  { line, prompts, log }: Speaking,
  { callId }: Conversation,
  afterId: number,
  next: Announcement,
): Promise<void> {
  try {
    const sounds = await prompts.soundsFor(next.parts, next.speed);
    if (sounds.length > 0) await line.announceAhead(callId, afterId, sounds);
  } catch (error) {
    log.debug({ err: error, callId }, 'an announcement could not be prepared for the end of another');
  }
}

type Speaking = Actors & { readonly prompts: Prompts };

async function act(actors: Speaking, conversation: Conversation, action: Action): Promise<void> {
  const { line, prompts, log } = actors;
  const { callId } = conversation;
  switch (action.type) {
    case 'answer':
      return await line.answer(callId);
    case 'announce': {
      const sounds = await prompts.soundsFor(action.parts, action.speed);
      if (sounds.length === 0) return conversation.receive({ type: 'announced', id: action.id });
      return await line.announce(callId, action.id, sounds);
    }
    case 'stopAnnouncing':
      // Not awaited: the request goes out before the next announcement's, which need not wait for the answer.
      line
        .stopAnnouncing(callId)
        .catch((error: unknown) => log.warn({ err: error, callId }, 'announcement not stopped'));
      return;
    case 'transfer':
      return await line.transfer(callId, await orderOf(actors, conversation, action));
    case 'forward': {
      const { phoneNumber } = conversation.context;
      const { id, to } = action;
      return await line.forward(callId, {
        id,
        to,
        calledNumber: phoneNumber,
        ...presentedOn(actors, phoneNumber),
      });
    }
    case 'endTransfer':
      return await line.endTransfer(callId, action.id);
    case 'ringTone':
      return await line.ringTone(callId, action.on);
    case 'recordVoicemail': {
      const recordingPath = actors.recordingPath(conversation, action);
      if (recordingPath === null)
        return conversation.receive({ type: 'actionFailed', id: action.id, reason: 'notRecorded' });
      const { id, maxDurationMs, maxSilenceMs, endKey } = action;
      return await line.recordVoicemail(callId, { id, recordingPath, maxDurationMs, maxSilenceMs, endKey });
    }
    case 'stopVoicemail':
      return await line.stopVoicemail(callId, action.id);
    case 'hangUp':
      return await line.hangUp(callId, action.cause);
    case 'sendSms':
    case 'requestCallBack':
    case 'recordAnswer':
    case 'recordResult':
    // Already written, in the transaction of their cause.
    case 'listenForSpeech':
    // Recognition comes with a later issue; keys are always delivered.
    case 'lookAtCalendar':
    case 'lookUpList':
    case 'checkIdentity':
      return;
  }
}

/** What staff telephones show of the number's calls, where that is not left to the trunk. */
function presentedOn({ directory }: Actors, phoneNumber: string): { readonly presented?: string } {
  const presented = directory.phoneNumber(phoneNumber)?.presented ?? null;
  return presented === null ? {} : { presented };
}

async function orderOf(
  actors: Speaking,
  conversation: Conversation,
  action: Extract<Action, { type: 'transfer' }>,
): Promise<TransferOrder> {
  const { prompts, recordingPath } = actors;
  const { phoneNumber } = conversation.context;
  const { id, to, ringTimeoutMs, target = 0, alsoRing = [], whisper } = action;
  const order = {
    id,
    to,
    calledNumber: phoneNumber,
    ...presentedOn(actors, phoneNumber),
    ringTimeoutMs,
    target,
    alsoRing,
    recordingPath: recordingPath(conversation, action),
  };
  if (whisper === undefined) return order;
  const { parts, acceptKey, acceptTimeoutMs } = whisper;
  const sounds = await prompts.soundsFor(parts);
  if (sounds.length === 0 && acceptKey === null) return order;
  return { ...order, whisper: { sounds, acceptKey, acceptTimeoutMs } };
}

function unheardCode(error: unknown): UnheardCode | null {
  if (!(error instanceof LineError) || error.code === 'callGone' || error.code === 'refused') return null;
  return error.code;
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}
