import type { Pdu } from 'smpp';
import type { SmsClock, SmsLog } from '../log.ts';
import { pause } from '../pause.ts';
import type { DeliveryReceipt, SmsGateway } from '../port.ts';
import { SubmitWindow } from '../submit-window.ts';
import { CommandStatus } from './command-status.ts';
import { SmppBindError, SmppConnection } from './connection.ts';
import { DeliverSmSchema } from './pdu-schema.ts';
import { isReceipt, readReceipt } from './receipt.ts';
import type { SmppSettings } from './settings.ts';
import { submitText } from './submit-text.ts';

/**
 * An SMS gateway over SMPP 3.4: keeps one transceiver session bound, comes back with growing pauses after a loss, and submits texts
 * as UCS-2 in concatenated parts. `onConnected` is called after every bind, so that waiting texts need not wait for a tick.
 */
export function createSmppGateway(options: {
  readonly settings: SmppSettings;
  readonly clock: SmsClock;
  readonly log: SmsLog;
  readonly onConnected?: () => void;
}): SmsGateway {
  const { settings, clock, log } = options;
  const window = new SubmitWindow(settings);
  const stopping = new AbortController();
  let connection: SmppConnection | null = null;
  let keeping: Promise<void> | null = null;
  let takeReceipt: ((receipt: DeliveryReceipt) => Promise<void>) | null = null;
  const submitting = new Set<Promise<unknown>>();

  async function onDeliver(pdu: Pdu): Promise<number> {
    const parsed = DeliverSmSchema.safeParse(pdu);
    if (!parsed.success) return CommandStatus.permanentFailure;
    if (!isReceipt(parsed.data.esm_class)) return CommandStatus.ok;
    const receipt = readReceipt(parsed.data, settings, clock.now());
    if (receipt === null || takeReceipt === null) return CommandStatus.permanentFailure;
    try {
      await takeReceipt(receipt);
      return CommandStatus.ok;
    } catch (error) {
      log.warn(
        { error: errorName(error) },
        'a delivery receipt could not be kept; the gateway is asked to repeat it',
      );
      return CommandStatus.temporaryFailure;
    }
  }

  async function keepConnected(): Promise<void> {
    let pauseMs = settings.reconnectMinMs;
    while (!stopping.signal.aborted) {
      try {
        const bound = await SmppConnection.bind(settings, onDeliver, stopping.signal);
        connection = bound;
        pauseMs = settings.reconnectMinMs;
        log.info({}, 'SMS gateway connected');
        options.onConnected?.();
        const reason = await bound.closed;
        connection = null;
        if (reason !== 'stopped') log.warn({ reason }, 'SMS gateway connection lost');
      } catch (error) {
        const { code, commandStatus } = bindFault(error);
        log.warn({ code, commandStatus, retryAfterMs: pauseMs }, 'SMS gateway cannot be reached');
      }
      if (!stopping.signal.aborted) await pause(pauseMs, stopping.signal);
      pauseMs = Math.min(pauseMs * 2, settings.reconnectMaxMs);
    }
  }

  return {
    get connected() {
      return connection?.open ?? false;
    },
    /** Resolves at once: a gateway that is away must not keep the house from starting. */
    async start(onReceipt) {
      takeReceipt = onReceipt;
      keeping ??= keepConnected();
    },
    ask: null,
    async submit(text) {
      const bound = connection;
      if (bound === null || stopping.signal.aborted) {
        return text.submitted.length === 0
          ? { type: 'notSent' }
          : { type: 'partly', submitted: text.submitted, code: null };
      }
      const outcome = submitText({ connection: bound, window, settings, signal: stopping.signal }, text);
      submitting.add(outcome);
      return await outcome.finally(() => submitting.delete(outcome));
    },
    async stop() {
      stopping.abort();
      window.open();
      await Promise.all(submitting);
      await connection?.unbind();
      await keeping;
    },
  };
}

function bindFault(error: unknown): { code: string; commandStatus: number | null } {
  if (error instanceof SmppBindError) return { code: error.code, commandStatus: error.commandStatus };
  return { code: errorName(error), commandStatus: null };
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
