import { statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import { LineError } from '../line-error.ts';
import type { LineEvent, VoicemailOrder } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone, isUnanswered } from './ari-error.ts';
import type { Call, Voicemail } from './call.ts';

const VARIABLE = 'MADOGUCHI_VOICEMAIL';
/** 8 kHz, 16 bit, mono: file ending `.sln`. */
const BYTES_PER_MS = 16;

const NotedSchema = z.object({
  id: z.int(),
  name: z.string(),
  maxDurationMs: z.number(),
  maxSilenceMs: z.number(),
  endKey: z.enum(['#', '*']).nullable(),
});

/** Messages that callers leave: `recordingPath.sln`, raw, so that a crash of the engine leaves what was said. */
export class Voicemails {
  readonly #ari: Ari;
  readonly #emit: (event: LineEvent) => void;
  readonly #recordingDir: string;

  constructor(ari: Ari, emit: (event: LineEvent) => void, recordingDir: string) {
    this.#ari = ari;
    this.#emit = emit;
    this.#recordingDir = recordingDir;
  }

  async start(call: Call, order: VoicemailOrder): Promise<void> {
    const name = relative(this.#recordingDir, order.recordingPath);
    if (name.startsWith('..') || isAbsolute(name))
      throw new LineError('refused', 'voicemail outside its folder');
    const { id, maxDurationMs, maxSilenceMs, endKey } = order;
    const voicemail: Voicemail = {
      id,
      name,
      maxDurationMs,
      maxSilenceMs,
      endKey,
      endKeyPressed: false,
      stopped: false,
      over: false,
    };
    call.voicemail = voicemail;
    try {
      await Promise.all([
        // Read again after our own restart (`adopt`): ARI does not say what is being recorded.
        this.#ari.request('POST', `channels/${call.callId}/variable`, {
          variable: VARIABLE,
          value: JSON.stringify({ id, name, maxDurationMs, maxSilenceMs, endKey }),
        }),
        this.#ari.request('POST', `channels/${call.callId}/record`, {
          name,
          format: 'sln',
          maxDurationSeconds: String(Math.ceil(maxDurationMs / 1000)),
          maxSilenceSeconds: String(Math.ceil(maxSilenceMs / 1000)),
          ifExists: 'overwrite',
          beep: 'true',
          terminateOn: endKey ?? 'none',
        }),
      ]);
    } catch (error) {
      // Without an answer it may be recorded all the same: its events tell, or the take-over after a loss of the connection.
      if (isUnanswered(error)) return;
      if (call.voicemail === voicemail) call.voicemail = null;
      throw error;
    }
  }

  async stop(call: Call): Promise<void> {
    const { voicemail } = call;
    if (voicemail === null) return;
    voicemail.stopped = true;
    try {
      await this.#ari.request('POST', `recordings/live/${encodeURIComponent(voicemail.name)}/stop`);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** A recording of this call has ended. `hungUp`: because the caller is gone. */
  finished(call: Call, failed: boolean, hungUp: boolean): void {
    const { voicemail } = call;
    if (voicemail === null) return;
    call.voicemail = null;
    const durationMs = durationOf(join(this.#recordingDir, `${voicemail.name}.sln`));
    const endedBy = failed ? 'fault' : endOf(voicemail, durationMs, hungUp);
    this.#emit({ type: 'voicemailRecorded', callId: call.callId, id: voicemail.id, durationMs, endedBy });
  }

  /** Reports a message that was found to be over, once events are reported again. */
  tellEnded(call: Call): void {
    if (call.voicemail?.over === true) this.finished(call, false, false);
  }

  /** Looks what became of the message while the connection was away; a stop that may not have been heard is repeated. */
  async reconcile(call: Call): Promise<void> {
    const { voicemail } = call;
    if (voicemail === null) return;
    voicemail.over = !(await this.#isRecorded(voicemail.name));
    if (voicemail.stopped && !voicemail.over) await this.stop(call);
  }

  /** Learns again of the message that an earlier life of this process had begun to record, also where it is over by now. */
  async adopt(call: Call): Promise<void> {
    try {
      const reply = await this.#ari.request('GET', `channels/${call.callId}/variable`, {
        variable: VARIABLE,
      });
      const value = z.object({ value: z.string() }).parse(JSON.parse(reply)).value;
      if (value === '') return;
      const noted = NotedSchema.parse(JSON.parse(value));
      const over = !(await this.#isRecorded(noted.name));
      call.voicemail = { ...noted, endKeyPressed: false, stopped: false, over };
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  async #isRecorded(name: string): Promise<boolean> {
    try {
      await this.#ari.request('GET', `recordings/live/${encodeURIComponent(name)}`);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
}

function endOf(
  voicemail: Voicemail,
  durationMs: number,
  hungUp: boolean,
): 'key' | 'silence' | 'limit' | 'hangUp' {
  if (hungUp) return 'hangUp';
  if (voicemail.endKeyPressed) return 'key';
  // Asterisk does not say which limit it was; a message ended by our own order was ended by a limit of ours.
  if (voicemail.stopped || durationMs >= voicemail.maxDurationMs - 500) return 'limit';
  return 'silence';
}

/** Looked up at once, not awaited: the message's end must be reported before the call's end that follows it. */
function durationOf(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return Math.floor(size / BYTES_PER_MS);
}
