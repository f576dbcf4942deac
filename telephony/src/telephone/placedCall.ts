import { allowHeader, Call, type CallEnd, type CallParts } from './call.ts';
import type { Media } from './rtp/media.ts';
import { readAnswer } from './sdp.ts';
import { bracketed, cancelOf, newBranch, viaHeader } from './sip/compose.ts';
import { Dialog, tagOf } from './sip/dialog.ts';
import {
  firstHeader,
  readQ850Cause,
  type SipHeader,
  type SipRequest,
  type SipResponse,
} from './sip/message.ts';

export type CallOptions = {
  /** Digits or a whole sip: URI. */
  readonly to: string;
  /** What stands in To, where that is not the request URI: a home gateway names the number there that was called. */
  readonly toHeader?: string;
  readonly server: { readonly host: string; readonly port: number };
  /** Digits or a whole sip: URI of the caller; without it the caller is anonymous. */
  readonly from?: string;
  readonly displayName?: string;
  /** 'id': From is anonymous, the number goes in P-Asserted-Identity (RFC 3323, RFC 3325). */
  readonly privacy?: 'id';
  readonly headers?: readonly SipHeader[];
  /** Receive only: no RTP is sent, and no keys. */
  readonly noRtp?: boolean;
  /** Overrides the telephone's. */
  readonly keepSound?: boolean;
};

/** A call that this telephone places (RFC 3261 section 13.2). */
export class PlacedCall extends Call {
  readonly #options: CallOptions;
  readonly #invite: SipRequest;
  #provisional = false;
  #cancel: 'no' | 'wanted' | 'sent' = 'no';
  #ack: ReturnType<Dialog['request']> | null = null;

  constructor(
    parts: CallParts,
    media: Media,
    options: CallOptions,
    ids: { callId: string; startedAtMs: number },
  ) {
    super(parts, media, ids.callId, ids.startedAtMs);
    this.#options = options;
    this.#invite = this.#composeInvite();
  }

  /** Sends the INVITE. */
  start(): void {
    this.parts.transactions.request(this.#invite, this.#options.server, {
      response: (response) => this.#respond(response),
      failed: (why) => {
        const by = this.#cancel === 'no' ? 'fault' : 'us';
        this.end({ by, reason: why, sipCode: why === 'timedOut' ? 408 : 503, q850Cause: null });
      },
    });
  }

  /** Gives up before the answer; an answer that crosses is acknowledged and hung up. Does nothing once answered. */
  cancel(): Promise<CallEnd> {
    if (this.#cancel !== 'no' || this.outcomeDeferred.settled) return this.ended;
    this.#cancel = 'wanted';
    // CANCEL must wait for a provisional response (RFC 3261 section 9.1).
    if (this.#provisional) this.#sendCancel();
    return this.ended;
  }

  override hangUp(): Promise<CallEnd> {
    return this.outcomeDeferred.settled ? this.sendBye() : this.cancel();
  }

  #sendCancel(): void {
    this.#cancel = 'sent';
    const gaveUp = (): void => this.end({ by: 'us', reason: 'cancelled', sipCode: null, q850Cause: null });
    this.parts.transactions.request(cancelOf(this.#invite), this.#options.server, {
      response: ({ status }) => {
        if (status >= 300) gaveUp();
      },
      failed: gaveUp,
    });
  }

  #respond(response: SipResponse): void {
    if (response.status < 200) {
      this.#progress(response);
      return;
    }
    if (response.status < 300) {
      this.#accepted(response);
      return;
    }
    const cancelled = this.#cancel !== 'no' && response.status === 487;
    const q850Cause = readQ850Cause(response);
    if (cancelled) this.end({ by: 'us', reason: 'cancelled', sipCode: 487, q850Cause });
    else this.end({ by: 'them', reason: 'refused', sipCode: response.status, q850Cause });
  }

  #progress(response: SipResponse): void {
    this.#provisional = true;
    if (this.#cancel === 'wanted') this.#sendCancel();
    if (response.status === 100) return;
    this.ringingDeferred.resolve({ atMs: this.nowMs, sipCode: response.status });
    const early = response.body.trim() === '' ? null : readAnswer(response.body, this.parts.codecs);
    if (early !== null) this.media.agree(early);
  }

  #accepted(response: SipResponse): void {
    const tag = tagOf(firstHeader(response, 'to') ?? '');
    if (this.#ack !== null && this.dialog?.remoteTag === tag) {
      this.parts.transactions.sendOnce(this.#ack.request, this.#ack.to);
      return;
    }
    const { transactions, transport, contact } = this.parts;
    const dialog = Dialog.ofCaller(this.#invite, response, {
      transport,
      contact,
      server: this.#options.server,
    });
    const ack = dialog.request('ACK', { cseq: 1 });
    transactions.sendOnce(ack.request, ack.to);
    if (this.dialog !== null) {
      // A second branch of a forked INVITE answered too (section 13.2.2.4).
      const bye = dialog.request('BYE');
      transactions.request(bye.request, bye.to, { response: () => undefined, failed: () => undefined });
      return;
    }
    this.dialog = dialog;
    this.#ack = ack;
    if (this.#cancel !== 'no') {
      void this.sendBye({ by: 'us', reason: 'cancelled' });
      return;
    }
    const agreed = readAnswer(response.body, this.parts.codecs);
    if (agreed === null) {
      void this.sendBye({ by: 'fault', reason: 'noCommonSound' });
      return;
    }
    this.media.agree(agreed);
    this.ringingDeferred.resolve(null);
    this.outcomeDeferred.resolve({ answered: true, atMs: this.nowMs });
  }

  #composeInvite(): SipRequest {
    const { transport, contact, userAgent } = this.parts;
    const { to, toHeader, server, from, displayName, privacy, headers = [] } = this.#options;
    const suffix = transport.protocol === 'TCP' ? ';transport=tcp' : '';
    const target = to.startsWith('sip:') ? to : `sip:${to}@${bracketed(server.host)}:${server.port}${suffix}`;
    const toUri = to.startsWith('sip:') ? to : `sip:${to}@${bracketed(server.host)}`;
    const ownUri =
      from === undefined || from.startsWith('sip:') ? from : `sip:${from}@${bracketed(transport.host)}`;
    const hidden = ownUri === undefined || privacy === 'id';
    const shown = hidden
      ? '"Anonymous" <sip:anonymous@anonymous.invalid>'
      : `${quoted(displayName)}<${ownUri}>`;
    return {
      kind: 'request',
      method: 'INVITE',
      uri: target,
      headers: [
        viaHeader(transport, newBranch()),
        ['Max-Forwards', '70'],
        ['From', `${shown};tag=${this.localTag}`],
        ['To', toHeader ?? `<${toUri}>`],
        ['Call-ID', this.sipCallId],
        ['CSeq', '1 INVITE'],
        ['Contact', contact],
        ...(privacy === 'id' ? [['Privacy', 'id'] as const] : []),
        ...(privacy === 'id' && ownUri !== undefined
          ? [['P-Asserted-Identity', `<${ownUri}>`] as const]
          : []),
        ...headers,
        allowHeader,
        userAgent,
        ['Content-Type', 'application/sdp'],
      ],
      body: this.offer(),
    };
  }
}

function quoted(displayName: string | undefined): string {
  return displayName === undefined ? '' : `"${displayName.replace(/["\\]/g, '\\$&')}" `;
}
