import {
  advance,
  begin,
  type CallContext,
  type CallEvent,
  type Opening,
  type RunnableFlow,
  type SayPart,
  type Step,
} from '@madoguchi/flow';

export type FirstHeard = {
  /** Announcements in order, as the caller hears them up to the first thing that needs somebody. */
  readonly texts: readonly string[];
  readonly stopsAt: 'question' | 'transfer' | 'voicemail' | 'sms' | 'end';
  /** Where the call stands then. */
  readonly nodeTitle: string | null;
};

/** What the flow asks of the world before its first question. */
export type World = {
  readonly calendarSays: (calendarId: string) => Opening;
  readonly listContains: (listId: string, number: string) => boolean;
};

/** A call has no more announcements than this before its first question. */
const EVENTS_AT_MOST = 200;
const ANNOUNCEMENT_MS = 3_000;

/** Runs a call by the real interpreter until somebody would have to act: the caller, staff, a gateway. */
export function firstHeard(flow: RunnableFlow, context: CallContext, world: World): FirstHeard {
  const texts: string[] = [];
  let step: Step = begin(flow, context);
  let events: CallEvent[] = [{ type: 'answered' }];
  for (let seq = 1; seq <= EVENTS_AT_MOST; seq++) {
    const event = events.shift();
    if (event === undefined) return { texts, stopsAt: 'question', nodeTitle: titleOf(flow, step) };
    step = advance(flow, step.state, { seq, atMs: step.state.lastAtMs + ANNOUNCEMENT_MS, event });
    for (const action of step.actions) {
      if (action.type === 'announce') {
        texts.push(action.parts.map((part) => textOf(flow, part)).join(''));
        events = [{ type: 'announced', id: action.id }];
      } else if (action.type === 'lookAtCalendar') {
        const { calendarId } = action;
        events.push({ type: 'calendarSaid', calendarId, ...world.calendarSays(calendarId) });
      } else if (action.type === 'lookUpList') {
        const { listId, number } = action;
        events.push({ type: 'listSaid', listId, contains: world.listContains(listId, number) });
      } else {
        const stopsAt = END_OF_SHOW[action.type];
        if (stopsAt !== undefined) return { texts, stopsAt, nodeTitle: titleOf(flow, step) };
      }
    }
  }
  return { texts, stopsAt: 'end', nodeTitle: titleOf(flow, step) };
}

const END_OF_SHOW: Readonly<Record<string, FirstHeard['stopsAt']>> = {
  transfer: 'transfer',
  recordVoicemail: 'voicemail',
  sendSms: 'sms',
  hangUp: 'end',
};

function titleOf(flow: RunnableFlow, { state }: Step): string | null {
  const title = state.position === null ? undefined : flow.node(state.position)?.title;
  return title === undefined || title === '' ? null : title;
}

function textOf(flow: RunnableFlow, part: SayPart): string {
  if (part.type !== 'audio') return part.text;
  const transcript = flow
    .nodes()
    .flatMap(({ prompts }) => prompts)
    .find((prompt) => prompt.type === 'audio' && prompt.audioId === part.audioId && prompt.transcript !== '');
  return transcript?.type === 'audio' ? transcript.transcript : '（録音した音声）';
}
