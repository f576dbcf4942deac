import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Line } from '../../line/index.ts';
import { loggable } from '../../loggable-error.ts';
import type { Prompts } from '../../speech/index.ts';
import type { CallLineEvent } from '../unattended-calls.ts';
import { type Asking, type AskingEvent, advance, BEGINNING, WORDS } from './dialogue.ts';

/** Higher than any number that a conversation gives to its announcements, which come after this one. */
const SAY_ID = 1_000_000_000;
/** Whose call the engine does not answer for so long is given to the number's own flow, which tries it again. */
const ANSWER_LIMIT_MS = 5_000;

/** Asks callers who show no number, before their conversation begins. What they key in is in no record and no log. */
export type NumberAsking = {
  /**
   * Answers the call and asks; national digits, null where none came. Never rejects; never resolves where it was let go.
   * @param isAnswered where a former process has asked before
   */
  ask(callId: string, isAnswered: boolean): Promise<string | null>;
  /** @returns whether the event was meant for this alone; an answer and a hang-up the conversation must hear of, too. */
  hear(event: CallLineEvent): boolean;
  /** Hears no more: the engine is lost, or this process ends. */
  letGo(): void;
};

type Asked = { asking: Asking; cancelWait: () => void; readonly resolve: (telephone: string | null) => void };

/** Drives the dialogue (dialogue.ts) on the line. */
export function createNumberAsking({
  line,
  prompts,
  clock,
  log,
}: {
  readonly line: Pick<Line, 'answer' | 'announce' | 'stopAnnouncing'>;
  readonly prompts: Prompts;
  readonly clock: Clock;
  readonly log: Logger;
}): NumberAsking {
  const calls = new Map<string, Asked>();

  function receive(callId: string, event: AskingEvent): void {
    const asked = calls.get(callId);
    if (asked === undefined) return;
    const { asking, actions } = advance(asked.asking, event);
    if (asking === asked.asking) return;
    asked.asking = asking;
    asked.cancelWait();
    if (asking.waitMs !== null)
      asked.cancelWait = clock.after(asking.waitMs, () => receive(callId, { type: 'timePassed' }));
    for (const action of actions) {
      if (action === 'say') attempt(callId, () => say(callId));
      else attempt(callId, () => line.stopAnnouncing(callId));
    }
    if (asking.at !== 'over') return;
    calls.delete(callId);
    asked.resolve(asking.telephone);
  }

  async function say(callId: string): Promise<void> {
    const sounds = await prompts.soundsFor(WORDS);
    if (calls.get(callId)?.asking.at === 'asking') await line.announce(callId, SAY_ID, sounds);
  }

  /** Whoever cannot be asked goes on as if nothing had been keyed in. */
  function attempt(callId: string, act: () => Promise<void>): void {
    act().catch((error: unknown) => {
      log.warn({ err: loggable(error), callId }, 'a caller could not be asked for a number');
      receive(callId, { type: 'said' });
    });
  }

  return {
    ask: (callId, isAnswered) =>
      new Promise((resolve) => {
        const cancelWait = clock.after(ANSWER_LIMIT_MS, () => receive(callId, { type: 'timePassed' }));
        calls.set(callId, { asking: BEGINNING, cancelWait, resolve });
        if (isAnswered) receive(callId, { type: 'answered' });
        else attempt(callId, () => line.answer(callId));
      }),
    hear(event) {
      const { callId } = event;
      if (!calls.has(callId)) return event.type === 'announced' && event.id === SAY_ID;
      switch (event.type) {
        case 'answered':
          receive(callId, { type: 'answered' });
          return false;
        case 'callerHungUp':
        case 'hungUp':
          receive(callId, { type: 'hungUp' });
          return false;
        case 'keyPressed':
          receive(callId, { type: 'keyPressed', key: event.key });
          return true;
        case 'announced':
        case 'announcementFailed':
          if (event.id === SAY_ID) receive(callId, { type: 'said' });
          return true;
        default:
          return false;
      }
    },
    letGo() {
      for (const { cancelWait } of calls.values()) cancelWait();
      calls.clear();
    },
  };
}
