import type { SmsClock, SmsLog } from '../log.ts';
import { pause } from '../pause.ts';
import type { OutgoingText, SmsGateway, SubmitOutcome } from '../port.ts';
import { longestTextUnits } from '../split-text.ts';
import { SubmitWindow } from '../submit-window.ts';
import { askingForReceipts } from './ask-for-receipt.ts';
import { canReach, exchange } from './exchange.ts';
import { fillBody, fillHeaders, fillUrl, type Values } from './fill-template.ts';
import { judgeReply, type Verdict } from './read-reply.ts';
import type { HttpsSettings } from './settings.ts';

/** Codes of our own refusals, in HTTP's terms: the gateway was not asked. */
const badRequest = 400;
const contentTooLarge = 413;
const notSent = { type: 'notSent' } as const;

/**
 * An SMS gateway over HTTPS, as its contract describes it. The whole text is one request; the gateway cuts it. Whether it can be reached
 * is tried beforehand and again after every failure, so that texts do not wait for a connection that does not come.
 */
export function createHttpsGateway(options: {
  readonly settings: HttpsSettings;
  readonly clock: SmsClock;
  readonly log: SmsLog;
  readonly onConnected?: () => void;
}): SmsGateway {
  const { settings, clock, log } = options;
  const window = new SubmitWindow({ ...settings, submitsPerSecond: settings.requestsPerSecond });
  const stopping = new AbortController();
  const submitting = new Set<Promise<unknown>>();
  let reachable = false;
  let lost: () => void = () => undefined;
  let keeping: Promise<void> | null = null;

  async function keepReachable(): Promise<void> {
    const url = fillUrl(settings.url, {});
    let pauseMs = settings.reconnectMinMs;
    while (!stopping.signal.aborted) {
      if (await canReach(url, settings)) {
        pauseMs = settings.reconnectMinMs;
        const untilLost = new Promise<void>((resolve) => {
          lost = resolve;
        });
        reachable = true;
        log.info({}, 'SMS gateway can be reached');
        options.onConnected?.();
        await untilLost;
      }
      if (stopping.signal.aborted) return;
      log.warn({ retryAfterMs: pauseMs }, 'SMS gateway cannot be reached');
      await pause(pauseMs, stopping.signal);
      pauseMs = Math.min(pauseMs * 2, settings.reconnectMaxMs);
    }
  }

  function valuesOf(text: { readonly id: string; readonly to: string; readonly text?: string }): Values {
    return {
      id: text.id,
      to: written(text.to, settings.numberFormat),
      text: text.text ?? '',
      from: settings.sourceAddress,
    };
  }

  async function request(text: OutgoingText): Promise<Verdict | typeof notSent> {
    if (stopping.signal.aborted) return notSent;
    const values = valuesOf(text);
    const body = fillBody(settings.body, values);
    const reply = await exchange(
      {
        url: fillUrl(settings.url, values),
        method: settings.method,
        headers: {
          ...(body === null ? {} : { 'content-type': body.contentType }),
          ...fillHeaders(settings.headers, values),
          ...(settings.idempotencyHeader === null ? {} : { [settings.idempotencyHeader]: text.id }),
        },
        body: body?.octets ?? null,
      },
      settings,
    );
    if (reply.type === 'notSent') {
      reachable = false;
      lost();
      return reply;
    }
    if (reply.type === 'noReply') return { type: 'unclear' };
    const verdict = judgeReply(reply.status, reply.body, settings);
    if (verdict.type === 'unclear') {
      log.warn({ sms: text.id, status: reply.status }, 'the reply of an SMS gateway says neither yes nor no');
    }
    return verdict;
  }

  async function submitText(text: OutgoingText): Promise<SubmitOutcome> {
    const attempt = () =>
      window.run<Verdict | typeof notSent>(
        () => request(text),
        (verdict) => verdict.type === 'throttled',
        notSent,
      );
    let verdict = await attempt();
    if (verdict.type === 'unclear') {
      for (let again = 0; again < settings.repeatsOfUnanswered && verdict.type === 'unclear'; again += 1) {
        const repeated = await attempt();
        // What the repetition did not reach or was too fast for says nothing of the first request.
        if (repeated.type === 'accepted') verdict = repeated;
      }
    }
    switch (verdict.type) {
      case 'accepted':
        return { type: 'accepted', submitted: [{ part: 1, gatewayMessageId: verdict.messageId }] };
      case 'throttled':
        return { type: 'refused', code: verdict.code, retryable: true, submitted: [] };
      case 'refused':
        return refusal(verdict.code);
      case 'unclear':
        return { type: 'unknown', submitted: [{ part: 1, gatewayMessageId: null }] };
      case 'notSent':
        return { type: 'notSent' };
    }
  }

  return {
    get connected() {
      return reachable && !stopping.signal.aborted;
    },
    ask: askingForReceipts(settings, { now: () => clock.now(), valuesOf }),
    /** Receipts come by asking only. */
    async start() {
      keeping ??= keepReachable();
    },
    async submit(text) {
      // What was handed over once is never handed over again.
      if (text.submitted.length > 0) return { type: 'unknown', submitted: text.submitted };
      if (!/^0\d{9,10}$/.test(text.to)) return refusal(badRequest);
      if (text.text.length === 0 || text.text.length > longestTextUnits) return refusal(contentTooLarge);
      const outcome = submitText(text);
      submitting.add(outcome);
      return await outcome.finally(() => submitting.delete(outcome));
    },
    async stop() {
      stopping.abort();
      window.open();
      lost();
      await Promise.all(submitting);
      await keeping;
    },
  };
}

function refusal(code: number): SubmitOutcome {
  return { type: 'refused', code, retryable: false, submitted: [] };
}

function written(national: string, format: HttpsSettings['numberFormat']): string {
  switch (format) {
    case 'national':
      return national;
    case 'international':
      return `81${national.slice(1)}`;
    case 'plus':
      return `+81${national.slice(1)}`;
  }
}
