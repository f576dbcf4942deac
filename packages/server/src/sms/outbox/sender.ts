import { randomUUID } from 'node:crypto';
import type { QueryExecutorProvider } from 'kysely';
import type { SmsClock, SmsLog } from '../log.ts';
import type { DeliveryReceipt, SmsGateway, SubmitOutcome } from '../port.ts';
import type { SettledSms } from './message-state.ts';
import { SenderConnection } from './sender-connection.ts';
import {
  type ClaimedSms,
  claimWaiting,
  giveUpOverdue,
  insertReceipt,
  matchReceipts,
  recordResults,
  releaseLostClaims,
  resendUnknown,
  type SettledRow,
  type SmsResult,
  settleDeadOwners,
} from './sender-statements.ts';
import type { SmsSenderSettings } from './settings.ts';
import { Waker } from './waker.ts';

export interface SmsSender {
  /** Starts the gateway and the loop. Resolves at once, whether or not PostgreSQL and the gateway are there. */
  start(): Promise<void>;
  /** Texts may be waiting: look now. */
  wake(): void;
  /** Claims nothing more, waits for the answers to what is submitted, writes them down if PostgreSQL is there. */
  stop(): Promise<void>;
}

/**
 * Sends what waits in the outbox, at most once each. The claim is committed before the gateway hears of a text; an answer is kept
 * until it is written. Several senders, in any processes, may work on one outbox. PostgreSQL or the gateway may go and come back.
 *
 * @param options.url PostgreSQL, for a connection of the sender's own
 * @param options.owner a name for log lines; each sender adds what makes it unique
 * @param options.onSettled called after the state is committed, in the process of the sender that settled the text. A text sent again
 *   by policy settles a second time, and so does one whose sender was taken for dead too soon. Must not throw.
 */
export function createSmsSender(options: {
  readonly db: QueryExecutorProvider;
  readonly url: string;
  readonly gateway: SmsGateway;
  readonly clock: SmsClock;
  readonly owner: string;
  readonly settings: SmsSenderSettings;
  readonly onSettled: (id: string, outcome: SettledSms) => void;
  readonly log: SmsLog;
}): SmsSender {
  const { db, gateway, clock, settings, log } = options;
  const owner = `${options.owner}#${randomUUID()}`;
  const waker = new Waker();
  /** Claimed and not written down as settled: being submitted, or answered and waiting in `answers`. */
  const inHand = new Set<string>();
  const submitting = new Set<Promise<void>>();
  let answers: SmsResult[] = [];
  let connection: SenderConnection | null = null;
  let housekeepingDue = true;
  /** A claim failed, so that PostgreSQL may have committed it all the same. */
  let claimLost = false;
  /** A statement may have been cut off between an insert and its matching, here or in the process before this one. */
  let receiptsMayBeStray = true;
  let databaseAway = false;
  let stopping = false;
  let looping: Promise<void> | null = null;

  async function loop(): Promise<void> {
    while (!stopping) {
      await step();
      await waker.sleep(settings.pollMs);
    }
    await Promise.all(submitting);
    await step();
    await connection?.close();
  }

  async function step(): Promise<void> {
    try {
      await writeAnswers();
      if (stopping) return;
      if (connection === null || !connection.isOpen) {
        connection = await SenderConnection.open(options.url, owner, () => waker.wake());
        housekeepingDue = true;
      }
      if (housekeepingDue) await keepHouse();
      await submitWaiting();
      if (databaseAway) log.info({}, 'SMS outbox: the database is back');
      databaseAway = false;
    } catch (error) {
      housekeepingDue = true;
      receiptsMayBeStray = true;
      if (!databaseAway)
        log.warn({ error: errorCode(error) }, 'SMS outbox: the database is away; texts wait');
      databaseAway = true;
    }
  }

  async function submitWaiting(): Promise<void> {
    const limit = settings.maxSubmitting - submitting.size;
    if (!gateway.connected || limit <= 0) return;
    claimLost = true;
    const claimed = await claimWaiting(db, { owner, now: clock.now(), limit });
    claimLost = false;
    for (const sms of claimed) {
      inHand.add(sms.id);
      const submit = submitOne(sms).finally(() => submitting.delete(submit));
      submitting.add(submit);
    }
  }

  async function submitOne(sms: ClaimedSms): Promise<void> {
    const outcome = await gateway.submit({ id: sms.id, to: sms.to, text: sms.text });
    answers.push(resultOf(sms, outcome, settings, clock.now()));
    waker.wake();
  }

  async function writeAnswers(): Promise<void> {
    while (answers.length > 0) {
      // A copy: more answers come in while these are written.
      const batch = [...answers];
      const rows = await recordResults(db, owner, batch, clock.now());
      answers = answers.slice(batch.length);
      for (const { id } of batch) inHand.delete(id);
      tell(rows);
      const ids = batch.filter((result) => result.gatewayMessageIds.length > 0).map(({ id }) => id);
      if (ids.length > 0) await matchReceipts(db, { ids }, settings.receiptsOn);
    }
  }

  async function keepHouse(): Promise<void> {
    const now = clock.now();
    if (claimLost) await releaseLostClaims(db, owner, [...inHand]);
    claimLost = false;
    for (const id of await settleDeadOwners(db, owner, now)) {
      log.warn({ sms: id }, 'an SMS sender died while submitting: whether the text was sent is unknown');
      options.onSettled(id, { type: 'unknown' });
    }
    tell(await giveUpOverdue(db, before(now, settings.giveUpAfterMs), now));
    if (settings.resendUnknown.type === 'onceAfterNoReceipt') {
      const resent = await resendUnknown(db, before(now, settings.resendUnknown.minutes * 60_000), now);
      for (const id of resent) log.warn({ sms: id }, 'a text without an answer is sent once more, by policy');
    }
    if (receiptsMayBeStray) await matchReceipts(db, 'all', settings.receiptsOn);
    receiptsMayBeStray = false;
    housekeepingDue = false;
  }

  function tell(rows: readonly SettledRow[]): void {
    for (const { id, state, code } of rows) {
      if (state === 'refused') options.onSettled(id, { type: 'refused', code });
      else if (state !== 'waiting') options.onSettled(id, { type: state });
    }
  }

  /** Rejects while PostgreSQL is away, so that the gateway repeats the receipt. */
  async function onReceipt(receipt: DeliveryReceipt): Promise<void> {
    await insertReceipt(db, receipt, clock.now());
    await matchReceipts(db, { gatewayMessageId: receipt.gatewayMessageId }, settings.receiptsOn);
  }

  const housekeeping = () => {
    housekeepingDue = true;
  };
  let housekeepingTimer: NodeJS.Timeout | null = null;

  return {
    async start() {
      if (looping !== null) return;
      housekeepingTimer = setInterval(housekeeping, settings.housekeepingMs);
      await gateway.start(onReceipt);
      looping = loop();
    },
    wake: () => waker.wake(),
    async stop() {
      stopping = true;
      if (housekeepingTimer !== null) clearInterval(housekeepingTimer);
      waker.wake();
      await looping;
      await gateway.stop();
    },
  };
}

/** What to write down of an answer: "come later" and "not sent" wait for another try. */
function resultOf(
  sms: ClaimedSms,
  outcome: SubmitOutcome,
  settings: SmsSenderSettings,
  now: Date,
): SmsResult {
  const base = { id: sms.id, attempt: sms.attempt, code: null, nextAttemptAt: null, gatewayMessageIds: [] };
  switch (outcome.type) {
    case 'accepted':
    case 'unknown':
      return { ...base, state: outcome.type, gatewayMessageIds: outcome.gatewayMessageIds };
    case 'notSent':
      return { ...base, state: 'waiting', nextAttemptAt: after(now, unsentDelayMs(sms.attempt, settings)) };
    case 'refused':
      return outcome.retryable
        ? {
            ...base,
            state: 'waiting',
            code: outcome.code,
            nextAttemptAt: after(now, retryDelayMs(sms.attempt, settings)),
          }
        : { ...base, state: 'refused', code: outcome.code };
  }
}

/** Pause after the n-th "come later", n from 1. */
export function retryDelayMs(
  attempt: number,
  settings: Pick<SmsSenderSettings, 'retryMinMs' | 'retryMaxMs'>,
): number {
  return Math.min(settings.retryMinMs * 2 ** Math.min(attempt - 1, 30), settings.retryMaxMs);
}

/**
 * Pause after the n-th try that found no connection, n from 1: the first is short, for a caller may wait on the line. It grows,
 * because a gateway that cuts the connection in the middle of each long text has taken its first parts each time.
 */
export function unsentDelayMs(
  attempt: number,
  { pollMs, retryMaxMs }: Pick<SmsSenderSettings, 'pollMs' | 'retryMaxMs'>,
): number {
  return retryDelayMs(attempt, { retryMinMs: pollMs, retryMaxMs });
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
