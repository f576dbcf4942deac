import { allowHeader, Call, type CallEnd, type CallParts } from './call.ts';
import { Deferred } from './deferred.ts';
import type { Media } from './rtp/media.ts';
import { parseNameAddress, parseSipUri } from './sip/address.ts';
import { responseTo } from './sip/compose.ts';
import { Dialog } from './sip/dialog.ts';
import { firstHeader, listHeader, type SipHeader, type SipRequest } from './sip/message.ts';
import type { ServerTransaction } from './sip/transactions.ts';
import { TelephoneError } from './telephoneError.ts';

export type Party = { readonly user: string; readonly displayName: string; readonly uri: string };

/** A call that came to this telephone (RFC 3261 section 13.3). */
export class IncomingCall extends Call {
  readonly from: Party;
  readonly to: Party;
  /** The address that was really called. */
  readonly requestUri: string;
  readonly #transaction: ServerTransaction;
  readonly #acknowledged = new Deferred<true>();
  #described: string | null = null;

  constructor(parts: CallParts, media: Media, transaction: ServerTransaction, startedAtMs: number) {
    const { request } = transaction;
    super(parts, media, firstHeader(request, 'call-id') ?? '', startedAtMs);
    this.#transaction = transaction;
    this.from = partyOf(firstHeader(request, 'from') ?? '');
    this.to = partyOf(firstHeader(request, 'to') ?? '');
    this.requestUri = request.uri;
    const { transport, contact } = parts;
    this.dialog = Dialog.ofCalled(request, {
      transport,
      contact,
      from: transaction.from,
      tag: this.localTag,
    });
    transaction.onUnacknowledged = () => {
      if (this.outcomeDeferred.value?.answered === true)
        void this.sendBye({ by: 'fault', reason: 'unacknowledged' });
    };
  }

  /** All values of a header of the INVITE, split at commas. */
  headers(name: string): readonly string[] {
    return listHeader(this.#transaction.request, name);
  }

  /** True once an answer, a refusal or any sign of life was given. */
  get responded(): boolean {
    return this.ringingDeferred.settled || this.#transaction.finished;
  }

  /** 180 Ringing; nothing more follows by itself. */
  ring(): void {
    this.#provisional(180, '');
  }

  /** 183 with sound before the answer: what is played is sent already. @throws TelephoneError WRONG_STATE */
  progress(): void {
    this.#provisional(183, this.#description());
  }

  /**
   * 200 with our sound. Resolves when the ACK has come; rejects not: see `ended` for a caller that never acknowledges.
   * @throws TelephoneError WRONG_STATE when the call is over already, or has no sound in common with us (it was refused by 488).
   */
  async answer(): Promise<void> {
    if (this.outcomeDeferred.settled) throw new TelephoneError('WRONG_STATE', 'the call is answered or over');
    const sdp = this.#description();
    this.ringingDeferred.resolve(null);
    this.outcomeDeferred.resolve({ answered: true, atMs: this.nowMs });
    this.awaitAck(this.#transaction);
    this.#send(200, [['Content-Type', 'application/sdp']], sdp);
    await Promise.race([this.#acknowledged.promise, this.ended]);
  }

  /** Refuses with any final status from 300 on. Does nothing once answered or over. */
  reject(status: number, headers: readonly SipHeader[] = []): void {
    if (this.outcomeDeferred.settled) return;
    if (status < 300 || status > 699) throw new RangeError('a refusal has a status of 300 to 699');
    this.#send(status, headers, '');
    this.end({ by: 'us', reason: 'refused', sipCode: status, q850Cause: null });
  }

  override async hangUp(): Promise<CallEnd> {
    if (!this.outcomeDeferred.settled) this.reject(480);
    // The called side must not send BYE before the ACK (RFC 3261 section 15).
    await Promise.race([this.#acknowledged.promise, this.ended]);
    return this.sendBye();
  }

  override acknowledge(ack: SipRequest): void {
    super.acknowledge(ack);
    this.#acknowledged.resolve(true);
  }

  /** The caller sent CANCEL. */
  cancelled(): void {
    if (this.outcomeDeferred.settled) return;
    this.#send(487, [], '');
    this.end({ by: 'them', reason: 'cancelled', sipCode: 487, q850Cause: null });
  }

  protected override byeReceived(request: SipRequest): void {
    if (!this.#transaction.finished) this.#send(487, [], '');
    super.byeReceived(request);
  }

  #provisional(status: number, sdp: string): void {
    if (this.outcomeDeferred.settled) throw new TelephoneError('WRONG_STATE', 'the call is answered or over');
    this.ringingDeferred.resolve({ atMs: this.nowMs, sipCode: status });
    this.#send(status, sdp === '' ? [] : [['Content-Type', 'application/sdp']], sdp);
  }

  #description(): string {
    this.#described ??= this.describe(this.#transaction.request);
    if (this.#described !== null) return this.#described;
    this.reject(488);
    throw new TelephoneError('WRONG_STATE', 'no sound in common', 488);
  }

  #send(status: number, headers: readonly SipHeader[], body: string): void {
    const always: SipHeader[] = [['Contact', this.parts.contact], allowHeader, this.parts.userAgent];
    this.#transaction.respond(
      responseTo(this.#transaction.request, status, {
        toTag: this.localTag,
        headers: [...always, ...headers],
        body,
      }),
    );
  }
}

function partyOf(value: string): Party {
  const { displayName, uri } = parseNameAddress(value);
  return { user: parseSipUri(uri).user, displayName, uri };
}
