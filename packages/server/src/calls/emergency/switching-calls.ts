import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { type Admission, type Line, LineError, type LineEvent } from '../../line/index.ts';
import { loggable } from '../../loggable-error.ts';
import type { Prompts } from '../../speech/index.ts';
import { advance } from './dialogue.ts';
import { BEGINNING, type DialogueAction, type DialogueEvent, type DialogueState } from './dialogue-state.ts';
import type { SwitchingCall, TelephoneSwitching } from './port.ts';

/** Takes down whoever neither goes on nor hangs up. */
const LONGEST_CALL_MS = 10 * 60_000;
const TRY_AGAIN_MS = 2_000;

/** Calls to the number by which emergency announcements are switched. No flow has a part in them, so they are no conversations and in no record of calls. */
export type SwitchingCalls = {
  /** Attends to a call from its beginning, or anew where a former process left it. */
  take(call: SwitchingCall, admission: Admission): void;
  /** @returns whether the call is one of these. */
  hear(event: Extract<LineEvent, { readonly callId: string }>): boolean;
  /** Hears no more: the engine is lost, or this process ends. */
  letGo(): void;
};

type Attended = {
  readonly call: SwitchingCall;
  state: DialogueState;
  /** Of what is being said, or was last. */
  sayId: number;
  /** Actions on the line follow one another. */
  doing: Promise<void>;
  cancelWait: () => void;
  readonly cancelLimit: () => void;
};

/** Drives the dialogue (dialogue.ts) on the line. What a caller keys in goes to `switching` and nowhere else. */
export function createSwitchingCalls({
  line,
  prompts,
  switching,
  clock,
  log,
}: {
  readonly line: Line;
  readonly prompts: Prompts;
  readonly switching: TelephoneSwitching;
  readonly clock: Clock;
  readonly log: Logger;
}): SwitchingCalls {
  const calls = new Map<string, Attended>();

  function receive(attended: Attended, event: DialogueEvent): void {
    if (calls.get(attended.call.callId) !== attended) return;
    const { state, actions } = advance(attended.state, event, clock.now());
    if (state === attended.state) return;
    attended.state = state;
    attended.cancelWait();
    if (state.waitMs !== null)
      attended.cancelWait = clock.after(state.waitMs, () => receive(attended, { type: 'timePassed' }));
    for (const action of actions) perform(attended, action);
  }

  function perform(attended: Attended, action: DialogueAction): void {
    const { call } = attended;
    switch (action.type) {
      case 'say':
        say(attended, action.parts);
        return;
      case 'stopSaying':
        attended.sayId += 1;
        doNext(attended, () => line.stopAnnouncing(call.callId));
        return;
      case 'enter':
        ask(attended, async () => ({
          type: 'looked',
          entered: await switching.enter(call, action.entry),
        }));
        return;
      case 'list':
        ask(attended, async () => ({ type: 'listed', messages: await switching.messages() }));
        return;
      case 'switch': {
        const { person, deed } = action;
        const { messageId, version } = deed.message;
        const ordered = { person, messageId, version };
        ask(attended, async () => ({
          type: 'switched',
          switched:
            deed.type === 'on'
              ? await switching.switchOn(call, ordered, deed.endsAt)
              : await switching.switchOff(call, ordered),
        }));
        return;
      }
      case 'hangUp':
        hangUp(attended);
    }
  }

  function say(attended: Attended, parts: Parameters<Prompts['soundsFor']>[0]): void {
    const id = ++attended.sayId;
    const { callId } = attended.call;
    const isWanted = () => attended.sayId === id;
    const told = (type: 'said' | 'unsaid') => {
      if (isWanted()) receive(attended, { type });
    };
    attended.doing = attended.doing.then(async () => {
      try {
        const sounds = isWanted() ? await prompts.soundsFor(parts) : [];
        if (!isWanted()) return;
        if (sounds.length === 0) told('said');
        else await line.announce(callId, id, sounds);
      } catch (error) {
        note(callId, error);
        // The connection to the engine, or what makes sounds, may be back by then.
        clock.after(TRY_AGAIN_MS, () => told('unsaid'));
      }
    });
  }

  function doNext(attended: Attended, act: () => Promise<void>): void {
    attended.doing = attended.doing.then(act).catch((error: unknown) => note(attended.call.callId, error));
  }

  function ask(attended: Attended, question: () => Promise<DialogueEvent>): void {
    question().then(
      (answer) => receive(attended, answer),
      (error: unknown) => {
        note(attended.call.callId, error);
        receive(attended, { type: 'unavailable' });
      },
    );
  }

  /** Until the engine has heard of it: a call that nobody attends to would last for ever. */
  function hangUp(attended: Attended): void {
    const { callId } = attended.call;
    doNext(attended, async () => {
      try {
        await line.hangUp(callId, attended.state === BEGINNING ? 'busy' : undefined);
      } catch (error) {
        if (error instanceof LineError && error.code === 'callGone') {
          forget(attended);
          return;
        }
        note(callId, error);
        clock.after(TRY_AGAIN_MS, () => {
          if (calls.get(callId) === attended) hangUp(attended);
        });
      }
    });
  }

  function note(callId: string, error: unknown): void {
    log.warn({ err: loggable(error), callId }, 'a call that switches emergency announcements met a fault');
  }

  function forget(attended: Attended): void {
    calls.delete(attended.call.callId);
    attended.cancelWait();
    attended.cancelLimit();
  }

  return {
    take(call, admission) {
      const attended: Attended = {
        call,
        state: BEGINNING,
        sayId: 0,
        doing: Promise.resolve(),
        cancelWait: () => undefined,
        cancelLimit: clock.after(LONGEST_CALL_MS, () => hangUp(attended)),
      };
      calls.set(call.callId, attended);
      if (admission !== 'served') {
        hangUp(attended);
        return;
      }
      doNext(attended, async () => {
        try {
          await line.answer(call.callId);
        } catch (error) {
          hangUp(attended);
          throw error;
        }
      });
    },
    hear(event) {
      const attended = calls.get(event.callId);
      if (attended === undefined) return false;
      switch (event.type) {
        case 'answered':
          receive(attended, { type: 'answered' });
          break;
        case 'keyPressed':
          receive(attended, { type: 'keyPressed', key: event.key });
          break;
        case 'announced':
          if (event.id === attended.sayId) receive(attended, { type: 'said' });
          break;
        case 'announcementFailed':
          if (event.id === attended.sayId)
            clock.after(TRY_AGAIN_MS, () => {
              if (event.id === attended.sayId) receive(attended, { type: 'unsaid' });
            });
          break;
        case 'callerHungUp':
        case 'hungUp':
          forget(attended);
      }
      return true;
    },
    letGo() {
      for (const attended of [...calls.values()]) forget(attended);
    },
  };
}
