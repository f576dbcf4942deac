import { randomUUID } from 'node:crypto';
import type { QueryExecutorProvider } from 'kysely';
import { type ContractedGateway, chargeFor } from '../contracted-gateway.ts';
import type { SmsClock, SmsLog } from '../log.ts';
import type { DeliveryReceipt } from '../port.ts';
import { type ClaimedSms, claimWaiting } from './claim-waiting.ts';
import type { SettledSms } from './message-state.ts';
import { refuseOverLimit } from './over-limit.ts';
import { claimAsks, insertAskedPart, insertReceipt, matchReceipts } from './receipt-statements.ts';
import { resultOf } from './result-of.ts';
import { SenderConnection } from './sender-connection.ts';
import {
  giveUpOverdue,
  readUnpriced,
  recordPrices,
  recordResults,
  releaseLostClaims,
  resendUnknown,
  type SettledRow,
  type SmsResult,
  settleDeadOwners,
} from './sender-statements.ts';
import type { SmsSenderSettings } from './settings.ts';
import { Throttling } from './throttling.ts';
import { Waker } from './waker.ts';

export interface SmsSender {
  /** Starts the gateways and the loop. Resolves at once, whether or not PostgreSQL and the gateways are there. */
  start(): Promise<void>;
  /** Texts may be waiting: look now. */
  wake(): void;
  /** Claims nothing more, waits for the answers to what is submitted, writes them down if PostgreSQL is there. */
  stop(): Promise<void>;
}

/**
 * Sends what waits in the outbox, at most once each, by the first of the gateways that can be used. The claim is committed before the
 * gateway hears of a text; an answer is kept until it is written. Several senders, in any processes, may work on one outbox. PostgreSQL
 * or any gateway may go and come back.
 *
 * @param options.url PostgreSQL, for a connection of the sender's own
 * @param options.owner a name for log lines; each sender adds what makes it unique
 * @param options.onSettled called after the state is committed, in the process of the sender that settled the text. A text sent again
 *   by policy settles a second time, and so does one whose sender was taken for dead too soon. Must not throw.
 */
export function createSmsSender(options: {
  readonly db: QueryExecutorProvider;
  readonly url: string;
  /** The preferred one first. */
  readonly gateways: readonly ContractedGateway[];
  readonly clock: SmsClock;
  readonly owner: string;
  readonly settings: SmsSenderSettings;
  readonly onSettled: (id: string, outcome: SettledSms) => void;
  readonly log: SmsLog;
}): SmsSender {
  const { db, gateways, clock, settings, log } = options;
  const receiptsOn = Object.fromEntries(gateways.map((each) => [each.name, each.receiptsOn]));
  const owner = `${options.owner}#${randomUUID()}`;
  const waker = new Waker();
  const throttling = new Throttling(settings.overflowAfterMs);
  /** Claimed and not written down as settled: being submitted, or answered and waiting in `answers`. */
  const inHand = new Set<string>();
  const submitting = new Set<Promise<void>>();
  const asking = new Set<Promise<void>>();
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
    const usable = gateways.filter(({ gateway }) => gateway.connected).map(({ name }) => name);
    if (usable.length === 0 || limit <= 0) return;
    const now = clock.now();
    for (const id of await refuseOverLimit(db, settings, now))
      options.onSettled(id, { type: 'refused', code: null });
    const overflow = { gateways: throttling.overfull(now), since: before(now, settings.overflowAfterMs) };
    claimLost = true;
    const claimed = await claimWaiting(db, { owner, usable, overflow, limits: settings, now, limit });
    claimLost = false;
    for (const sms of claimed) {
      inHand.add(sms.id);
      const submit = submitOne(sms).finally(() => submitting.delete(submit));
      submitting.add(submit);
    }
  }

  async function submitOne(sms: ClaimedSms): Promise<void> {
    const contracted = gateways.find(({ name }) => name === sms.gateway);
    if (contracted === undefined) throw new Error('a text was claimed for a gateway that is not contracted');
    const outcome = await contracted.gateway.submit(sms);
    if (outcome.type === 'accepted') throttling.took(contracted.name);
    if (outcome.type === 'refused' && outcome.retryable)
      throttling.askedToComeLater(contracted.name, clock.now());
    answers.push(resultOf(sms, outcome, contracted, gateways, settings, clock.now()));
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
      const ids = batch.filter(({ submitted }) => submitted.length > 0).map(({ id }) => id);
      if (ids.length > 0) await matchReceipts(db, { ids }, receiptsOn);
    }
  }

  async function keepHouse(): Promise<void> {
    const now = clock.now();
    if (claimLost) await releaseLostClaims(db, owner, [...inHand]);
    claimLost = false;
    const orphans = await settleDeadOwners(db, owner, now);
    if (orphans.length > 0) receiptsMayBeStray = true;
    for (const id of orphans) {
      log.warn({ sms: id }, 'an SMS sender died while submitting: whether the text was sent is unknown');
      options.onSettled(id, { type: 'unknown' });
    }
    tell(await giveUpOverdue(db, before(now, settings.giveUpAfterMs), now));
    if (settings.resendUnknown.type === 'onceAfterNoReceipt') {
      const resent = await resendUnknown(db, before(now, settings.resendUnknown.minutes * 60_000), now);
      for (const id of resent) log.warn({ sms: id }, 'a text without an answer is sent once more, by policy');
    }
    if (receiptsMayBeStray) {
      await matchReceipts(db, 'all', receiptsOn);
      await priceUnpriced();
    }
    receiptsMayBeStray = false;
    await askForReceipts();
    housekeepingDue = false;
  }

  async function priceUnpriced(): Promise<void> {
    const priced = gateways.filter(({ terms }) => terms.price.length > 0);
    const unpriced = await readUnpriced(
      db,
      priced.map(({ name }) => name),
    );
    const prices = unpriced.flatMap(({ id, text, gateway }) => {
      const terms = priced.find(({ name }) => name === gateway)?.terms;
      return terms === undefined ? [] : [{ id, ...chargeFor(text, terms) }];
    });
    if (prices.length > 0) await recordPrices(db, prices);
  }

  /** Gateways that send no receipts are asked. The answers are not waited for: texts must not wait behind a slow gateway. */
  async function askForReceipts(): Promise<void> {
    for (const { name, gateway } of gateways) {
      const { ask } = gateway;
      const limit = settings.maxSubmitting - asking.size;
      if (ask === null || limit <= 0) continue;
      const due = await claimAsks(db, { ...ask, gateway: name, now: clock.now(), limit });
      for (const text of due) {
        const asked = ask
          .about(text)
          .then((receipt) => (receipt === null ? undefined : takeAnswer(name, text.id, receipt)))
          .catch((error: unknown) => {
            // It is asked again at the text's next time.
            log.warn(
              { gateway: name, error: errorCode(error) },
              'what a gateway told of a text was not kept',
            );
          })
          .finally(() => asking.delete(asked));
        asking.add(asked);
      }
    }
  }

  async function takeAnswer(name: string, id: string, receipt: DeliveryReceipt): Promise<void> {
    await insertAskedPart(db, id, receipt.gatewayMessageId);
    await insertReceipt(db, name, receipt, clock.now());
    await matchReceipts(db, { ids: [id] }, receiptsOn);
  }

  function tell(rows: readonly SettledRow[]): void {
    for (const { id, state, code } of rows) {
      if (state === 'refused') options.onSettled(id, { type: 'refused', code });
      else if (state !== 'waiting') options.onSettled(id, { type: state });
    }
  }

  /** Rejects while PostgreSQL is away, so that the gateway repeats the receipt. */
  async function onReceipt(gateway: string, receipt: DeliveryReceipt): Promise<void> {
    await insertReceipt(db, gateway, receipt, clock.now());
    await matchReceipts(db, { gatewayMessageId: receipt.gatewayMessageId }, receiptsOn);
  }

  const housekeeping = () => {
    housekeepingDue = true;
  };
  let housekeepingTimer: NodeJS.Timeout | null = null;

  return {
    async start() {
      if (looping !== null) return;
      housekeepingTimer = setInterval(housekeeping, settings.housekeepingMs);
      for (const { name, gateway } of gateways) await gateway.start((receipt) => onReceipt(name, receipt));
      looping = loop();
    },
    wake: () => waker.wake(),
    async stop() {
      stopping = true;
      if (housekeepingTimer !== null) clearInterval(housekeepingTimer);
      waker.wake();
      // Together: a gateway that is told to stop gives back at once what it has not handed over yet.
      await Promise.all([looping, ...gateways.map(({ gateway }) => gateway.stop())]);
      await Promise.all(asking);
    },
  };
}

function before(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
