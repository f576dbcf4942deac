import type { Trunk } from '@madoguchi/telephony/trunk';
import { LineError } from '../line-error.ts';
import type {
  AttemptEvent,
  DeskCallEvent,
  DeskCallOrder,
  DeskLine,
  DiallingLine,
  DialOrder,
  ForwardOrder,
  HearingLine,
  Line,
  LineEvent,
  PlacedCallEvent,
  PlacedCallOrder,
  PlacingLine,
  SoundEvent,
  SurvivingCall,
  TransferOrder,
  VoicemailOrder,
} from '../port.ts';
import { Ari, type AriLog } from './ari.ts';
import { AriError, isGone } from './ari-error.ts';
import type { AriEvent } from './ari-events.ts';
import type { Attempt } from './attempt.ts';
import { Attempts } from './attempts.ts';
import type { Call } from './call.ts';
import type { DeskCall } from './desk-call.ts';
import { DeskCalls } from './desk-calls.ts';
import { EventHandOut } from './event-hand-out.ts';
import { Forwards } from './forwards.ts';
import { Hearing } from './hearing.ts';
import type { LineUse } from './lines.ts';
import type { PlacedCall } from './placed-call.ts';
import { PlacedCalls } from './placed-calls.ts';
import { Playbacks } from './playbacks.ts';
import { readHeld, takeOver } from './take-over.ts';
import { ToneKeys } from './tone-keys.ts';
import { Transfers } from './transfers.ts';
import { Trunks } from './trunks.ts';
import { Voicemails } from './voicemails.ts';

export type AsteriskLineOptions = {
  /** `http://127.0.0.1:8088/ari` */
  readonly ariUrl: string;
  readonly user: string;
  readonly password: string;
  readonly application: string;
  /** As in the engine's settings; voicemail lies below it. */
  readonly recordingDir: string;
  readonly trunks: readonly Trunk[];
  readonly log: AriLog;
};

/**
 * The line over Asterisk's ARI, by one websocket.
 *
 * States: `connecting` (no connection yet, or lost for a moment) → `adopting` (asks what the engine holds; events wait) →
 * `up`. From `up`, a closed socket leads to `connecting`; the first refused connection after it reports `engineLost`. An `adopting` that
 * fails gives the connection up, so that the next one tries again.
 */
export class AsteriskLine implements Line, PlacingLine, DeskLine, DiallingLine, HearingLine {
  readonly #ari: Ari;
  readonly #log: AriLog;
  readonly #calls = new Map<string, Call>();
  readonly #forwards: Forwards;
  readonly #placedById = new Map<string, PlacedCall>();
  readonly #placed: PlacedCalls;
  readonly #deskById = new Map<string, DeskCall>();
  readonly #desk: DeskCalls;
  readonly #attemptById = new Map<string, Attempt>();
  readonly #attempts: Attempts;
  readonly #hearing: Hearing;
  readonly #playbacks: Playbacks;
  readonly #toneKeys: ToneKeys;
  readonly #transfers: Transfers;
  readonly #trunks: Trunks;
  readonly #voicemails: Voicemails;
  readonly #handOut: EventHandOut;
  #listener: (event: LineEvent) => void = () => undefined;
  #state: 'connecting' | 'adopting' | 'up' = 'connecting';
  #engineName: string | null = null;
  #lost = false;
  #stopping = false;
  #waitingEvents: AriEvent[] = [];

  constructor(options: AsteriskLineOptions) {
    this.#log = options.log;
    this.#ari = new Ari({ ...options, url: options.ariUrl });
    const emit = (event: LineEvent) => this.#listener(event);
    this.#trunks = new Trunks(
      options.trunks,
      this.#calls,
      this.#placedById,
      this.#deskById,
      this.#attemptById,
    );
    this.#toneKeys = new ToneKeys(this.#ari, this.#trunks);
    this.#placed = new PlacedCalls({
      ari: this.#ari,
      application: options.application,
      trunks: this.#trunks,
      calls: this.#placedById,
      background: (work, what) => this.#background(work, what),
    });
    this.#desk = new DeskCalls({
      ari: this.#ari,
      application: options.application,
      recordingDir: options.recordingDir,
      trunks: this.#trunks,
      calls: this.#deskById,
      background: (work, what) => this.#background(work, what),
    });
    this.#attempts = new Attempts({
      ari: this.#ari,
      application: options.application,
      trunks: this.#trunks,
      attempts: this.#attemptById,
      calls: this.#calls,
      emit,
      background: (work, what) => this.#background(work, what),
    });
    this.#forwards = new Forwards({
      ari: this.#ari,
      application: options.application,
      trunks: this.#trunks,
      emit,
    });
    this.#hearing = new Hearing(this.#ari);
    this.#playbacks = new Playbacks(this.#ari, emit);
    this.#voicemails = new Voicemails(this.#ari, emit, options.recordingDir);
    this.#transfers = new Transfers({
      ari: this.#ari,
      emit,
      options,
      trunks: this.#trunks,
      background: (work, what) => this.#background(work, what),
      beforeTalk: async (call) => {
        await Promise.all([this.#playbacks.stop(call), this.#toneKeys.ignore(call)]);
      },
      afterTalk: (call) => this.#toneKeys.listen(call),
    });
    this.#handOut = new EventHandOut({
      ari: this.#ari,
      emit,
      calls: this.#calls,
      placed: this.#placed,
      desk: this.#desk,
      attempts: this.#attempts,
      forwards: this.#forwards,
      playbacks: this.#playbacks,
      transfers: this.#transfers,
      trunks: this.#trunks,
      voicemails: this.#voicemails,
      background: (work, what) => this.#background(work, what),
    });
  }

  /** Requests sent to the engine so far, for measurements. */
  get requestCount(): number {
    return this.#ari.requestCount;
  }

  /** Events that the engine sent so far, and their length in characters, for measurements. */
  get eventsReceived(): { readonly count: number; readonly chars: number } {
    return { count: this.#ari.eventCount, chars: this.#ari.eventChars };
  }

  start(listener: (event: LineEvent) => void): Promise<readonly SurvivingCall[]> {
    this.#listener = listener;
    return new Promise((resolve) => {
      let first: typeof resolve | null = resolve;
      this.#ari.start({
        onEvent: (event) => this.#receive(event),
        onClosed: () => {
          this.#state = 'connecting';
        },
        onDown: () => this.#engineLost(),
        onUp: (engineName) => {
          const connected = this.#connected(engineName, (surviving) => {
            if (first === null) return false;
            first(surviving);
            first = null;
            return true;
          });
          connected.catch((error: unknown) => this.#takeOverFailed(error));
        },
      });
    });
  }

  /** Whatever it was, events wait until a take-over succeeds: without one the line would be deaf. */
  #takeOverFailed(error: unknown): void {
    this.#warn('taking over calls', error);
    if (this.#state === 'adopting') this.#ari.reconnect();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#listener = () => undefined;
    this.#placed.listen(() => undefined);
    this.#desk.listen(() => undefined);
    this.#attempts.listen(() => undefined);
    this.#transfers.whispers.stopAll();
    await this.#ari.stop();
  }

  async answer(callId: string): Promise<void> {
    this.#need(callId);
    await this.#do('answer', this.#ari.request('POST', `channels/${callId}/answer`));
  }

  async announce(callId: string, id: number, sounds: readonly string[]): Promise<void> {
    const call = this.#need(callId);
    this.#transfers.silenceRinging(call);
    try {
      await this.#do('announce', this.#playbacks.start(call, id, sounds));
    } catch (error) {
      this.#transfers.tuneRinging(call);
      throw error;
    }
  }

  async announceAhead(callId: string, afterId: number, sounds: readonly string[]): Promise<void> {
    const call = this.#calls.get(callId);
    if (call !== undefined)
      await this.#do('announceAhead', this.#playbacks.startAhead(call, afterId, sounds));
  }

  async stopAnnouncing(callId: string): Promise<void> {
    const call = this.#calls.get(callId);
    if (call !== undefined) await this.#do('stopAnnouncing', this.#playbacks.stop(call));
  }

  onSound(listener: (sound: SoundEvent) => void): void {
    this.#hearing.listen(listener);
  }

  async hearSounds(callId: string): Promise<void> {
    await this.#do('hearSounds', this.#hearing.begin(callId));
  }

  async transfer(callId: string, order: TransferOrder): Promise<void> {
    await this.#do('transfer', this.#transfers.place(this.#need(callId), order));
  }

  async endTransfer(callId: string, id: number): Promise<void> {
    const call = this.#calls.get(callId);
    const transfer = call?.transfer;
    if (call === undefined || transfer === undefined || transfer === null || transfer.id !== id) return;
    await this.#do('endTransfer', this.#transfers.end(call, transfer));
  }

  async forward(callId: string, order: ForwardOrder): Promise<void> {
    await this.#do('forward', this.#forwards.place(this.#need(callId), order));
  }

  async ringTone(callId: string, on: boolean): Promise<void> {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    call.waits = on;
    this.#transfers.tuneRinging(call);
  }

  async recordVoicemail(callId: string, order: VoicemailOrder): Promise<void> {
    await this.#do('recordVoicemail', this.#voicemails.start(this.#need(callId), order));
  }

  async stopVoicemail(callId: string, id: number): Promise<void> {
    const call = this.#calls.get(callId);
    if (call?.voicemail?.id === id) await this.#do('stopVoicemail', this.#voicemails.stop(call));
  }

  async hangUp(callId: string, cause?: 'busy'): Promise<void> {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    // Where the caller's own hang-up was seen already, it stays his.
    if (call.q850Cause === null) call.ending = true;
    try {
      await this.#ari.request('DELETE', `channels/${callId}`, {
        reason_code: cause === 'busy' ? '17' : '16',
      });
    } catch (error) {
      if (!isGone(error)) throw lineError('hangUp', error);
    }
  }

  onPlacedCall(listener: (event: PlacedCallEvent) => void): void {
    this.#placed.listen(listener);
  }

  async placeCall(order: PlacedCallOrder): Promise<void> {
    await this.#do('placeCall', this.#placed.place(order));
  }

  async endPlacedCall(id: string): Promise<void> {
    await this.#do('endPlacedCall', this.#placed.end(id));
  }

  get placedCallIds(): ReadonlySet<string> {
    return new Set(this.#placedById.keys());
  }

  onDeskCall(listener: (event: DeskCallEvent) => void): void {
    this.#desk.listen(listener);
  }

  async ringDesk(order: DeskCallOrder): Promise<void> {
    await this.#do('ringDesk', this.#desk.ring(order));
  }

  async endDeskCall(id: string): Promise<void> {
    await this.#do('endDeskCall', this.#desk.end(id));
  }

  onAttempt(listener: (event: AttemptEvent) => void): void {
    this.#attempts.listen(listener);
  }

  async dial(order: DialOrder): Promise<void> {
    await this.#do('dial', this.#attempts.dial(order));
  }

  async cancelDial(attemptId: string): Promise<void> {
    await this.#do('cancelDial', this.#attempts.cancel(attemptId));
  }

  linesFor(leftFree: number): number {
    return this.#trunks.linesForAttempts(leftFree);
  }

  get heldAttempts(): ReadonlyMap<string, 'ringing' | 'answered'> {
    return this.#attempts.held;
  }

  /** Takes over a rewritten dialplan (`writeDialplan` of telephony/src/asterisk). Calls in progress are not touched. */
  async reloadDialplan(): Promise<void> {
    await this.#do('reloadDialplan', this.#ari.request('PUT', 'asterisk/modules/pbx_config.so'));
  }

  /** Lines in use now, by trunk id. */
  get lineUse(): ReadonlyMap<string, LineUse> {
    return this.#trunks.use;
  }

  /** Takes over rewritten trunks (`writeTrunks`), and goes by them from now on. Calls in progress are not touched. */
  async changeTrunks(trunks: readonly Trunk[]): Promise<void> {
    this.#trunks.replace(trunks);
    for (const module of ['res_pjsip', 'res_pjsip_endpoint_identifier_ip', 'res_pjsip_outbound_registration'])
      await this.#do('changeTrunks', this.#ari.request('PUT', `asterisk/modules/${module}.so`));
  }

  async #connected(
    engineName: string,
    resolveStart: (surviving: readonly SurvivingCall[]) => boolean,
  ): Promise<void> {
    if (this.#engineName !== null && this.#engineName !== engineName) this.#engineLost();
    this.#engineName = engineName;
    this.#state = 'adopting';
    const before = new Set(this.#calls.keys());
    try {
      await this.#takeOver();
    } catch (error) {
      // The next try is to find new again what nobody has been told of.
      for (const callId of this.#calls.keys()) if (!before.has(callId)) this.#calls.delete(callId);
      throw error;
    }
    const survivors = [...this.#calls.values()].map((call) => this.#handOut.surviving(call));
    if (resolveStart(survivors)) {
      // The one who awaits `start` sees its result before the first event.
      setImmediate(() => this.#drain());
      return;
    }
    if (this.#lost) {
      this.#lost = false;
      this.#listener({ type: 'engineBack', surviving: survivors });
      this.#drain();
      return;
    }
    for (const call of this.#calls.values()) if (!before.has(call.callId)) this.#handOut.offer(call);
    this.#drain();
    this.#listener({ type: 'reconnected' });
  }

  async #takeOver(): Promise<void> {
    const held = await readHeld(this.#ari);
    const newcomers = await takeOver(held, {
      ari: this.#ari,
      calls: this.#calls,
      justStarted: new Set(
        this.#waitingEvents.flatMap((event) => (event.type === 'StasisStart' ? [event.channel.id] : [])),
      ),
      playbacks: this.#playbacks,
      transfers: this.#transfers,
      voicemails: this.#voicemails,
      forwards: this.#forwards,
      dialledNumbers: (attemptId) => this.#attemptById.get(attemptId)?.order ?? null,
      trunkOf: (channel) => this.#trunks.idOfChannel(channel.name),
      background: (work, what) => this.#background(work, what),
      afterTalk: (call) => this.#toneKeys.listen(call),
      answered: (call) => this.#handOut.answered(call),
      ended: (call) => this.#handOut.ended(call),
    });
    this.#placed.takeOver(held);
    this.#attempts.takeOver(held);
    this.#desk.takeOver(held);
    for (const call of newcomers) this.#handOut.letIn(call);
  }

  #engineLost(): void {
    if (this.#engineName === null || this.#lost) return;
    this.#lost = true;
    this.#calls.clear();
    this.#waitingEvents = [];
    this.#placed.lost();
    this.#desk.lost();
    this.#attempts.lost();
    this.#listener({ type: 'engineLost' });
  }

  #receive(event: AriEvent): void {
    if (this.#state === 'up') this.#hand(event);
    else this.#waitingEvents.push(event);
  }

  #drain(): void {
    this.#state = 'up';
    for (const call of this.#calls.values()) this.#voicemails.tellEnded(call);
    const events = this.#waitingEvents;
    this.#waitingEvents = [];
    for (const event of events) this.#hand(event);
  }

  #hand(event: AriEvent): void {
    if (!this.#hearing.handle(event)) this.#handOut.handle(event);
  }

  #need(callId: string): Call {
    const call = this.#calls.get(callId);
    if (call === undefined) throw new LineError('callGone', 'call');
    return call;
  }

  async #do(what: string, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      throw lineError(what, error);
    }
  }

  #background(work: Promise<unknown>, what: string): void {
    work.catch((error: unknown) => {
      // An answer that we did not wait for because we stop is no fault: who takes over finds what was left undone.
      if (!isGone(error) && !this.#stopping) this.#warn(what, error);
    });
  }

  #warn(what: string, error: unknown): void {
    const reason = error instanceof AriError ? `${error.code} ${error.status}` : nameOf(error);
    this.#log.warn({ what, reason }, 'the line could not do what it had to');
  }
}

function lineError(what: string, error: unknown): LineError {
  if (error instanceof LineError) return error;
  if (isGone(error)) return new LineError('callGone', what, error);
  if (error instanceof AriError && error.code === 'timeout') return new LineError('unanswered', what, error);
  if (error instanceof AriError && error.code === 'disconnected') {
    return new LineError(error.sent ? 'outcomeUnknown' : 'engineAway', what, error);
  }
  return new LineError('refused', what, error);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
