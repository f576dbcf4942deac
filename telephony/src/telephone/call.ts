import type { TelephoneClock } from './clock.ts';
import { Deferred } from './deferred.ts';
import type { RtpStats } from './rtp/arrivals.ts';
import { readKey } from './rtp/keyEvents.ts';
import type { HeardTone, Media, ToneWanted } from './rtp/media.ts';
import type { Pacer } from './rtp/pacer.ts';
import type { HeardKey } from './rtp/receiver.ts';
import type { PressOptions, SentKey, StreamJump } from './rtp/sender.ts';
import { answerOffer, type Codec, composeOffer, readAnswer } from './sdp.ts';
import { newTag, responseTo } from './sip/compose.ts';
import type { Dialog } from './sip/dialog.ts';
import { readQ850Cause, type SipHeader, type SipRequest } from './sip/message.ts';
import type { ServerTransaction, TransactionLayer } from './sip/transactions.ts';
import type { SipTransport } from './sip/transport.ts';
import { markerSound } from './sound/marker.ts';
import { tone } from './sound/tone.ts';
import { TelephoneError } from './telephoneError.ts';

export const allowHeader: SipHeader = ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE'];

export type CallOutcome =
  | { readonly answered: true; readonly atMs: number }
  | {
      readonly answered: false;
      readonly atMs: number;
      /** Final status; 408 for none in time and 503 for a broken transport (RFC 3261 section 8.1.3.1). */
      readonly sipCode: number;
      readonly q850Cause: number | null;
    };

export type CallEnd = {
  readonly by: 'us' | 'them' | 'fault';
  readonly atMs: number;
  readonly reason:
    | 'hungUp'
    | 'cancelled'
    | 'refused'
    | 'timedOut'
    | 'transportFailed'
    | 'unacknowledged'
    | 'noCommonSound'
    | 'closed';
  /** Status that refused the call, or that answered our BYE. */
  readonly sipCode: number | null;
  readonly q850Cause: number | null;
};

export type Ringing = { readonly atMs: number; readonly sipCode: number };

/** Samples at 8 kHz, silence, a sine, or a marker (sound/marker.ts). */
export type Playable = Int16Array | 'silence' | { readonly toneHz: number } | { readonly marker: number };

/** What a call needs of its telephone. */
export type CallParts = {
  readonly clock: TelephoneClock;
  readonly transactions: TransactionLayer;
  readonly transport: SipTransport;
  readonly pacer: Pacer;
  readonly codecs: readonly Codec[];
  readonly contact: string;
  readonly userAgent: SipHeader;
  readonly forget: (call: Call) => void;
};

const toneLoopMs = 1000;

/** One call of the telephone; all times are ms since `startedAtMs`, monotonic. */
export abstract class Call {
  readonly sipCallId: string;
  readonly localTag = newTag();
  /** On the telephone's clock. */
  readonly startedAtMs: number;
  protected readonly parts: CallParts;
  protected readonly media: Media;
  protected dialog: Dialog | null = null;
  protected readonly ringingDeferred = new Deferred<Ringing | null>();
  protected readonly outcomeDeferred = new Deferred<CallOutcome>();
  protected readonly endedDeferred = new Deferred<CallEnd>();
  protected readonly sdpSessionId = Math.floor(Math.random() * 2 ** 31);
  #sdpVersion = 0;
  #unacknowledged: ServerTransaction | null = null;
  #byeSent = false;

  constructor(parts: CallParts, media: Media, sipCallId: string, startedAtMs: number) {
    this.parts = parts;
    this.media = media;
    this.sipCallId = sipCallId;
    this.startedAtMs = startedAtMs;
    void this.endedDeferred.promise.then(() => this.media.close());
  }

  /** Resolves at the first 180–183, or with null when the call went on without one. */
  get ringing(): Promise<Ringing | null> {
    return this.ringingDeferred.promise;
  }

  /** Resolves when it is answered or certain that it will not be; never rejects. */
  get outcome(): Promise<CallOutcome> {
    return this.outcomeDeferred.promise;
  }

  /** @throws TelephoneError NOT_ANSWERED with the final status in `sipCode`. */
  get answered(): Promise<{ readonly atMs: number }> {
    return this.outcome.then((outcome) => {
      if (outcome.answered) return { atMs: outcome.atMs };
      throw new TelephoneError(
        'NOT_ANSWERED',
        `the call was not answered: ${outcome.sipCode}`,
        outcome.sipCode,
      );
    });
  }

  /** Resolves when the call is over and its BYE, if it is ours, is answered or given up; never rejects. */
  get ended(): Promise<CallEnd> {
    return this.endedDeferred.promise;
  }

  /** Time since the call's start, ms. */
  get nowMs(): number {
    return this.parts.clock.nowMs() - this.startedAtMs;
  }

  /** Replaces what we say, from the next packet on. Resolves when it was said whole, replaced, or the call is over. */
  play(what: Playable, loop = typeof what === 'object' && !(what instanceof Int16Array)): Promise<void> {
    if (what === 'silence') return this.media.sender.play(null, false);
    if (what instanceof Int16Array) return this.media.sender.play(what, loop);
    return this.media.sender.play(toneSound(what), loop);
  }

  /**
   * Presses a key by RFC 4733: 100 ms and 100 ms of rest unless told; keys queue up. Resolves when its last packet is out.
   * @throws TelephoneError KEY_NOT_SENT where the other side takes no keys or the call ends first.
   */
  async press(key: string, options: PressOptions = {}): Promise<SentKey> {
    if (!this.media.sends) throw new TelephoneError('KEY_NOT_SENT', 'this call sends no RTP');
    if (this.endedDeferred.settled) throw new TelephoneError('KEY_NOT_SENT', 'the call is over');
    return this.media.sender.press(readKey(key), options);
  }

  /** Presses each key of the text in turn. @throws TelephoneError KEY_NOT_SENT */
  pressAll(keys: string, options: PressOptions = {}): Promise<readonly SentKey[]> {
    return Promise.all([...keys].map((key) => this.press(key, options)));
  }

  /**
   * Reports a key by SIP INFO (RFC 6086), in the body that carriers know as `application/dtmf-relay` (with a duration) or as
   * `application/dtmf` (the key alone). Resolves with the status of the answer, null for none in time.
   * @throws TelephoneError KEY_NOT_SENT before the answer and after the end.
   */
  reportKey(
    key: string,
    body: 'dtmf-relay' | 'dtmf' = 'dtmf-relay',
    durationMs = 100,
  ): Promise<number | null> {
    const { dialog } = this;
    if (dialog === null || this.endedDeferred.settled)
      throw new TelephoneError('KEY_NOT_SENT', 'the call is not going on');
    const { request, to } = dialog.request('INFO', {
      headers: [this.parts.userAgent, ['Content-Type', `application/${body}`]],
      body: body === 'dtmf' ? readKey(key) : `Signal=${readKey(key)}\r\nDuration=${durationMs}\r\n`,
    });
    const { promise, resolve } = Promise.withResolvers<number | null>();
    this.parts.transactions.request(request, to, {
      response: ({ status }) => {
        if (status >= 200) resolve(status);
      },
      failed: () => resolve(null),
    });
    return promise;
  }

  /** Where our sound goes; null before that was agreed. */
  get soundGoesTo(): { readonly host: string; readonly port: number } | null {
    return this.media.sender.destination;
  }

  /** Where we await the other side's sound. */
  get soundPort(): number {
    return this.media.port;
  }

  /** Puts an RTP packet of any payload between those of our sound, with the next sequence number of it. */
  slipIn(payloadType: number, payload: Buffer): void {
    this.media.sender.slipIn(payloadType, payload);
  }

  /** Our sound goes on under other numbers, as after a change within a gateway. */
  jump(by: StreamJump): void {
    this.media.sender.jump(by);
  }

  /** What was received, 8 kHz from the call's start: sample number ÷ 8 = ms. Empty with `keepSound: false`. */
  heard(): Int16Array {
    return this.media.heard();
  }

  /** Marker tones received so far, in order. */
  get heardMarkers(): Media['markers'] {
    return this.media.markers;
  }

  /** Keys received so far (RFC 4733). */
  get heardKeys(): readonly HeardKey[] {
    return this.media.heardKeys;
  }

  /** Besides the counts of RFC 3550: packets `sent`, and `foreign` ones from elsewhere than agreed, which were passed over. */
  rtpStats(): RtpStats & { readonly sent: number; readonly foreign: number } {
    return { ...this.media.stats, sent: this.media.sender.sentPackets };
  }

  /**
   * Resolves with the time at which the tone began, 20 ms exact: 40 ms of it must be heard. What was heard since `sinceMs`
   * (default: from the start) counts too; a frequency (unlike a marker) is looked for in the past only with `keepSound`.
   * @throws TelephoneError TONE_NOT_HEARD
   */
  waitForTone(
    wanted: ToneWanted,
    options: { readonly timeoutMs: number; readonly sinceMs?: number },
  ): Promise<HeardTone> {
    return this.media.waitFor(wanted, options.timeoutMs, options.sinceMs ?? 0);
  }

  /** Ends the call in whatever state: BYE, CANCEL or a refusal. */
  abstract hangUp(): Promise<CallEnd>;

  /** Ends the call on our side alone: the telephone closes and nobody answers any more. */
  abandon(): void {
    this.end({ by: 'us', reason: 'closed', sipCode: null, q850Cause: null });
  }

  /** A request within this call's dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (this.dialog?.accepts(request) === false) {
      this.#reply(transaction, 500);
      return;
    }
    switch (request.method) {
      case 'BYE':
        this.#reply(transaction, 200);
        this.byeReceived(request);
        return;
      case 'INVITE':
      case 'UPDATE':
        this.#renegotiate(transaction);
        return;
      case 'INFO':
      case 'OPTIONS':
      case 'NOTIFY':
        this.#reply(transaction, 200);
        return;
      default:
        this.#reply(transaction, 405, [allowHeader]);
        return;
    }
  }

  /** The ACK of a 2xx of ours. */
  acknowledge(ack: SipRequest): void {
    this.#unacknowledged?.acknowledged();
    this.#unacknowledged = null;
    if (ack.body.trim() === '') return;
    const agreed = readAnswer(ack.body, this.parts.codecs);
    if (agreed !== null) this.media.agree(agreed);
  }

  protected byeReceived(request: SipRequest): void {
    this.end({ by: 'them', reason: 'hungUp', sipCode: null, q850Cause: readQ850Cause(request) });
  }

  protected end(end: Omit<CallEnd, 'atMs'>, atMs = this.nowMs): void {
    this.ringingDeferred.resolve(null);
    this.outcomeDeferred.resolve({
      answered: false,
      atMs,
      sipCode: end.sipCode ?? 487,
      q850Cause: end.q850Cause,
    });
    // A 2xx whose ACK was lost must not be repeated into a call that is over.
    this.#unacknowledged?.acknowledged();
    if (this.endedDeferred.resolve({ ...end, atMs })) this.parts.forget(this);
  }

  protected sendBye(why: Pick<CallEnd, 'by' | 'reason'> = { by: 'us', reason: 'hungUp' }): Promise<CallEnd> {
    const { dialog } = this;
    if (dialog === null || this.#byeSent || this.endedDeferred.settled) return this.ended;
    this.#byeSent = true;
    const atMs = this.nowMs;
    this.media.close();
    const { request, to } = dialog.request('BYE', { headers: [this.parts.userAgent] });
    const done = (sipCode: number | null): void => this.end({ ...why, sipCode, q850Cause: null }, atMs);
    this.parts.transactions.request(request, to, {
      response: ({ status }) => {
        if (status >= 200) done(status);
      },
      failed: () => done(null),
    });
    return this.ended;
  }

  protected offer(): string {
    return composeOffer(this.ownSound());
  }

  protected ownSound(): Parameters<typeof composeOffer>[0] {
    const { host } = this.parts.transport;
    this.#sdpVersion++;
    return {
      host,
      port: this.media.port,
      codecs: this.parts.codecs,
      sessionId: this.sdpSessionId,
      version: this.#sdpVersion,
    };
  }

  /** Answers an INVITE's offer or, where it has none, makes our own; the body of the 2xx. Null: nothing in common. */
  protected describe(request: SipRequest): string | null {
    if (request.body.trim() === '') return this.offer();
    const answer = answerOffer(request.body, this.ownSound());
    if (answer === null) return null;
    this.media.agree(answer.agreed);
    return answer.sdp;
  }

  /** Remembers which 2xx waits for its ACK. */
  protected awaitAck(transaction: ServerTransaction): void {
    this.#unacknowledged = transaction;
  }

  #renegotiate(transaction: ServerTransaction): void {
    const { request } = transaction;
    this.dialog?.refreshTarget(request);
    const bodiless = request.method === 'UPDATE' && request.body.trim() === '';
    const sdp = bodiless ? '' : this.describe(request);
    if (sdp === null) {
      this.#reply(transaction, 488);
      return;
    }
    const headers: SipHeader[] = [['Contact', this.parts.contact], allowHeader, this.parts.userAgent];
    if (sdp !== '') headers.push(['Content-Type', 'application/sdp']);
    if (request.method === 'INVITE') this.awaitAck(transaction);
    transaction.respond(responseTo(request, 200, { headers, body: sdp }));
  }

  #reply(transaction: ServerTransaction, status: number, headers: readonly SipHeader[] = []): void {
    transaction.respond(
      responseTo(transaction.request, status, { headers: [...headers, this.parts.userAgent] }),
    );
  }
}

const tones = new Map<string, Int16Array>();

/** Kept, so that 150 calls that say the same encode it once. */
function toneSound(what: { readonly toneHz: number } | { readonly marker: number }): Int16Array {
  const key = JSON.stringify(what);
  const known =
    tones.get(key) ??
    ('marker' in what ? markerSound(what.marker, toneLoopMs) : tone([what.toneHz], toneLoopMs));
  tones.set(key, known);
  return known;
}
