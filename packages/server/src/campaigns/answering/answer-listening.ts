import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { HearingLine, SoundEvent } from '../../line/index.ts';
import type { AnsweredBy } from '../words.ts';
import { type HeardSound, type Hearing, lookAgainAtMs, whoAnswers } from './who-answers.ts';

export type AnswerListening = {
  /** The call was answered just now. Nothing waits for it. */
  begin(callId: string): void;
  keyPressed(callId: string): void;
  /** The call is over, or nobody cares any more. What was not told until now is never told. */
  end(callId: string): void;
};

type Listening = {
  readonly answeredAtMs: number;
  readonly sounds: { beginMs: number; endMs: number | null }[];
  cancelLook: () => void;
  faxTone: boolean;
};

/**
 * Listens beside the greeting to how the other side answers, and tells once who it is; `unknown` where that cannot be told. Make it before the
 * line is started.
 */
export function createAnswerListening(parts: {
  readonly line: HearingLine;
  readonly clock: Clock;
  readonly onTold: (callId: string, answeredBy: AnsweredBy, afterMs: number) => void;
  readonly log: Pick<Logger, 'warn'>;
}): AnswerListening {
  const { line, clock, onTold, log } = parts;
  const calls = new Map<string, Listening>();

  line.onSound(hear);

  function hear({ callId, type, agoMs }: SoundEvent): void {
    const call = calls.get(callId);
    if (call === undefined) return;
    const atMs = Math.max(0, sinceAnswer(call) - agoMs);
    const last = call.sounds.at(-1);
    if (type === 'began') call.sounds.push({ beginMs: atMs, endMs: null });
    else if (type === 'faxTone') call.faxTone = true;
    else if (last?.endMs === null) last.endMs = Math.max(last.beginMs, atMs);
    look(callId, call);
  }

  function sinceAnswer({ answeredAtMs }: Listening): number {
    return clock.monotonicMs() - answeredAtMs;
  }

  function hearingOf(call: Listening): Hearing {
    const sounds: readonly HeardSound[] = call.sounds;
    return { sounds, nowMs: sinceAnswer(call), faxTone: call.faxTone, keyPressed: false };
  }

  function look(callId: string, call: Listening): void {
    call.cancelLook();
    const hearing = hearingOf(call);
    const answeredBy = whoAnswers(hearing);
    if (answeredBy === null) {
      call.cancelLook = clock.after(lookAgainAtMs(hearing) - hearing.nowMs, () => look(callId, call));
    } else tell(callId, answeredBy);
  }

  function tell(callId: string, answeredBy: AnsweredBy): void {
    const call = calls.get(callId);
    if (call === undefined) return;
    const afterMs = Math.round(sinceAnswer(call));
    end(callId);
    onTold(callId, answeredBy, afterMs);
  }

  function end(callId: string): void {
    const call = calls.get(callId);
    if (call === undefined) return;
    call.cancelLook();
    calls.delete(callId);
  }

  return {
    begin(callId) {
      const call: Listening = {
        answeredAtMs: clock.monotonicMs(),
        sounds: [],
        cancelLook: () => undefined,
        faxTone: false,
      };
      calls.set(callId, call);
      look(callId, call);
      line.hearSounds(callId).catch((error: unknown) => log.warn({ err: error, callId }, 'not listening'));
    },
    keyPressed: (callId) => tell(callId, 'human'),
    end,
  };
}
