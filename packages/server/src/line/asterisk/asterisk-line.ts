import { KeySchema } from '@madoguchi/flow';
import type { Trunk } from '@madoguchi/telephony/trunk';
import { LineError } from '../line-error.ts';
import type {
  ForwardOrder,
  Line,
  LineEvent,
  PlacedCallEvent,
  PlacedCallOrder,
  PlacingLine,
  SurvivingCall,
  TransferOrder,
  VoicemailOrder,
} from '../port.ts';
import { Ari, type AriLog } from './ari.ts';
import { AriError, isGone } from './ari-error.ts';
import type { AriChannel, AriEvent } from './ari-events.ts';
import { type Call, callOf, type Leg, readLegId, survivingCall, type Transfer } from './call.ts';
import { Forwards } from './forwards.ts';
import { isLoop } from './loop.ts';
import type { PlacedCall } from './placed-call.ts';
import { PlacedCalls } from './placed-calls.ts';
import { callIdOfPlayback, Playbacks } from './playbacks.ts';
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
export class AsteriskLine implements Line, PlacingLine {
  readonly #ari: Ari;
  readonly #log: AriLog;
  readonly #calls = new Map<string, Call>();
  readonly #forwards: Forwards;
  readonly #placedById = new Map<string, PlacedCall>();
  readonly #placed: PlacedCalls;
  readonly #playbacks: Playbacks;
  readonly #toneKeys: ToneKeys;
  readonly #transfers: Transfers;
  readonly #trunks: Trunks;
  readonly #voicemails: Voicemails;
  #listener: (event: LineEvent) => void = () => undefined;
  #state: 'connecting' | 'adopting' | 'up' = 'connecting';
  #engineName: string | null = null;
  #lost = false;
  #waitingEvents: AriEvent[] = [];

  constructor(options: AsteriskLineOptions) {
    this.#log = options.log;
    this.#ari = new Ari({ ...options, url: options.ariUrl });
    const emit = (event: LineEvent) => this.#listener(event);
    this.#trunks = new Trunks(options.trunks, this.#calls, this.#placedById);
    this.#toneKeys = new ToneKeys(this.#ari, this.#trunks);
    this.#placed = new PlacedCalls({
      ari: this.#ari,
      application: options.application,
      trunks: this.#trunks,
      calls: this.#placedById,
      background: (work, what) => this.#background(work, what),
    });
    this.#forwards = new Forwards({
      ari: this.#ari,
      application: options.application,
      trunks: this.#trunks,
      emit,
    });
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
    this.#listener = () => undefined;
    this.#placed.listen(() => undefined);
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

  async stopAnnouncing(callId: string): Promise<void> {
    const call = this.#calls.get(callId);
    if (call !== undefined) await this.#do('stopAnnouncing', this.#playbacks.stop(call));
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

  /** Takes over a rewritten dialplan (`writeDialplan` of telephony/src/asterisk). Calls in progress are not touched. */
  async reloadDialplan(): Promise<void> {
    await this.#do('reloadDialplan', this.#ari.request('PUT', 'asterisk/modules/pbx_config.so'));
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
    const survivors = [...this.#calls.values()].map((call) => this.#surviving(call));
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
    for (const call of this.#calls.values()) if (!before.has(call.callId)) this.#offer(call);
    this.#drain();
    this.#listener({ type: 'reconnected' });
  }

  async #takeOver(): Promise<void> {
    const held = await readHeld(this.#ari);
    await takeOver(held, {
      calls: this.#calls,
      justStarted: new Set(
        this.#waitingEvents.flatMap((event) => (event.type === 'StasisStart' ? [event.channel.id] : [])),
      ),
      playbacks: this.#playbacks,
      transfers: this.#transfers,
      voicemails: this.#voicemails,
      forwards: this.#forwards,
      trunkOf: (channel) => this.#trunks.idOfChannel(channel.name),
      background: (work, what) => this.#background(work, what),
      afterTalk: (call) => this.#toneKeys.listen(call),
      answered: (call) => this.#answered(call),
      ended: (call) => this.#ended(call),
    });
    this.#placed.takeOver(held);
  }

  #engineLost(): void {
    if (this.#engineName === null || this.#lost) return;
    this.#lost = true;
    this.#calls.clear();
    this.#waitingEvents = [];
    this.#placed.lost();
    this.#listener({ type: 'engineLost' });
  }

  #receive(event: AriEvent): void {
    if (this.#state === 'up') this.#handle(event);
    else this.#waitingEvents.push(event);
  }

  #drain(): void {
    this.#state = 'up';
    for (const call of this.#calls.values()) this.#voicemails.tellEnded(call);
    const events = this.#waitingEvents;
    this.#waitingEvents = [];
    for (const event of events) this.#handle(event);
  }

  #handle(event: AriEvent): void {
    if (this.#placed.handle(event)) return;
    switch (event.type) {
      case 'StasisStart':
        this.#started(event.channel, event.args);
        return;
      case 'Dial': {
        const { dialstatus, peer, caller } = event;
        const forwarded = caller === undefined ? undefined : this.#calls.get(caller.id);
        if (forwarded !== undefined && (dialstatus === 'RINGING' || dialstatus === 'PROGRESS'))
          this.#forwards.ringing(forwarded);
        const leg = this.#legOf(peer.id);
        if (leg !== null && dialstatus === 'PROGRESS')
          this.#transfers.ringing(leg.call, leg.transfer, leg.leg);
        return;
      }
      case 'PlaybackFinished': {
        if (this.#transfers.whispers.played(event.playback.id)) return;
        const call = this.#calls.get(callIdOfPlayback(event.playback.id));
        // What a hang-up cuts off is no failure; the hang-up itself is told.
        if (call === undefined || call.ending || call.q850Cause !== null) return;
        this.#playbacks.finished(call, event.playback.id, event.playback.state);
        this.#transfers.tuneRinging(call);
        return;
      }
      case 'RecordingFinished':
      case 'RecordingFailed': {
        const call = this.#calls.get(event.recording.target_uri.replace(/^channel:/, ''));
        if (call === undefined) return;
        this.#voicemails.finished(call, event.type === 'RecordingFailed', call.q850Cause !== null);
        return;
      }
      case 'ChannelDestroyed':
      case 'ChannelDtmfReceived':
      case 'ChannelHangupRequest':
      case 'ChannelStateChange':
      case 'StasisEnd': {
        const call = this.#calls.get(event.channel.id);
        const leg = this.#legOf(event.channel.id);
        if (call !== undefined) this.#ofCaller(call, event);
        else if (leg !== null) this.#ofLeg(leg, event);
      }
    }
  }

  #started(channel: AriChannel, args: readonly string[]): void {
    if (args[0] === 'offered') {
      if (this.#calls.has(channel.id)) return;
      const call = callOf(channel, args);
      call.admission = isLoop(call.offer, this.#trunks.dialling) ? 'loop' : this.#trunks.admit(call);
      this.#calls.set(call.callId, call);
      this.#offer(call);
      return;
    }
    const leg = this.#legOf(channel.id);
    // An answer that crossed our cancel, or a leg whose call is gone.
    if (leg === null) this.#background(this.#transfers.hangUpLeg(channel.id), 'leg without a call');
    else this.#background(this.#transfers.answered(leg.call, leg.transfer, leg.leg, args), 'answered leg');
  }

  #offer(call: Call): void {
    const { transfer: _, answered: __, ...offered } = this.#surviving(call);
    this.#listener({ type: 'offered', ...offered, admission: call.admission });
  }

  #surviving(call: Call): SurvivingCall {
    return survivingCall(call, this.#trunks.calledNumbers(call));
  }

  #ofCaller(call: Call, event: ChannelEvent): void {
    const { callId } = call;
    switch (event.type) {
      case 'ChannelStateChange':
        if (event.channel.state === 'Up') this.#answered(call);
        return;
      case 'ChannelDtmfReceived': {
        // What is said to whom the call was passed on is none of our business.
        if (call.forward !== null) return;
        const key = KeySchema.safeParse(event.digit);
        // A to D exist in RFC 4733, no telephone of a citizen has them.
        if (!key.success) return;
        const atMs = Date.parse(event.timestamp);
        if (call.repeatedKeys.isRepeat(key.data, event.duration_ms, atMs)) return;
        if (call.voicemail !== null && call.voicemail.endKey === key.data)
          call.voicemail.endKeyPressed = true;
        this.#listener({ type: 'keyPressed', callId, key: key.data, durationMs: event.duration_ms });
        return;
      }
      case 'ChannelHangupRequest':
        // Where the caller's own hang-up was seen already, it stays his.
        if (event.soft === true || this.#forwards.isEndedByEngine(call, event.channel))
          call.ending ||= call.q850Cause === null;
        else if (!call.ending) call.q850Cause = event.cause ?? 16;
        return;
      case 'ChannelDestroyed':
      case 'StasisEnd': {
        const isDestroyed = event.type === 'ChannelDestroyed';
        // It left Stasis for the dialplan.
        if (call.forward !== null && !isDestroyed) return;
        // Without a request from his side the engine itself ended the call (`maxCallMs`).
        if (call.q850Cause === null) call.ending = true;
        const sipCode = isDestroyed ? (event.tech_cause ?? null) : null;
        this.#forwards.ended(call, isDestroyed ? event.cause : null, sipCode);
        this.#ended(call);
      }
    }
  }

  #ofLeg({ call, transfer, leg }: FoundLeg, event: ChannelEvent): void {
    switch (event.type) {
      case 'ChannelStateChange':
        if (event.channel.state === 'Ringing') this.#transfers.ringing(call, transfer, leg);
        return;
      case 'ChannelDtmfReceived':
        this.#transfers.keyPressed(leg, event.digit);
        return;
      case 'StasisEnd':
        if (leg.state === 'talking') this.#transfers.legEnded(call, transfer, leg, null, null);
        return;
      case 'ChannelDestroyed': {
        const sipCode = event.tech_cause !== undefined && event.tech_cause >= 300 ? event.tech_cause : null;
        this.#transfers.legEnded(call, transfer, leg, sipCode, event.cause === 0 ? null : event.cause);
      }
    }
  }

  #answered(call: Call): void {
    if (call.answered) return;
    call.answered = true;
    if (call.forward !== null) this.#forwards.answered(call);
    else this.#listener({ type: 'answered', callId: call.callId });
  }

  #ended(call: Call): void {
    const { callId } = call;
    this.#calls.delete(callId);
    this.#transfers.callerEnded(call);
    this.#voicemails.finished(call, false, true);
    this.#listener(
      call.ending ? { type: 'hungUp', callId } : { type: 'callerHungUp', callId, q850Cause: call.q850Cause },
    );
  }

  #legOf(channelId: string): FoundLeg | null {
    const named = readLegId(channelId);
    const call = named === null ? undefined : this.#calls.get(named.callId);
    const leg = call?.transfer?.legs.get(channelId);
    if (call === undefined || call.transfer === null || leg === undefined) return null;
    return { call, transfer: call.transfer, leg };
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
      if (!isGone(error)) this.#warn(what, error);
    });
  }

  #warn(what: string, error: unknown): void {
    const reason = error instanceof AriError ? `${error.code} ${error.status}` : nameOf(error);
    this.#log.warn({ what, reason }, 'the line could not do what it had to');
  }
}

type FoundLeg = { readonly call: Call; readonly transfer: Transfer; readonly leg: Leg };

type ChannelEvent = Extract<
  AriEvent,
  {
    type:
      | 'ChannelDestroyed'
      | 'ChannelDtmfReceived'
      | 'ChannelHangupRequest'
      | 'ChannelStateChange'
      | 'StasisEnd';
  }
>;

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
