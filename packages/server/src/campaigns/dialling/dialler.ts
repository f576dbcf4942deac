import { randomUUID } from 'node:crypto';
import type { RunnableFlow } from '@madoguchi/flow';
import type { Updateable } from 'kysely';
import type { Logger } from 'pino';
import type { CampaignCall, CampaignCalls, Directory } from '../../calls/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database, Tables } from '../../database/index.ts';
import type { AttemptEvent, DiallingLine, HearingLine, Line } from '../../line/index.ts';
import { createAnswerListening } from '../answering/answer-listening.ts';
import { DEFAULT_OUTCOME_TABLE } from '../pacing/default-outcome-table.ts';
import type { OutcomeTable } from '../pacing/outcome-of.ts';
import { callOfRecipient, isBirthday } from './call-of-recipient.ts';
import { type DiallingRules, noRules } from './dialling-rules.ts';
import type { DueRecipient } from './due-recipients.ts';
import { readOpenAttempts, readUnwantedAttempts } from './open-attempts.ts';
import { createReadyRecipients, type ReadyRecipients } from './ready-recipients.ts';
import { markDialled, reserveAttempt } from './reserve.ts';
import { createRounds } from './rounds.ts';
import { type DialledCampaign, readRunningCampaigns } from './running-campaigns.ts';
import { type AttemptEnd, settleAttempt } from './settle.ts';

/** NOTIFY that a campaign has changed. */
export const campaignChannel = 'campaign';

/** Between two rounds of choosing. */
const ROUND_MS = 100;
/** Campaigns, and what nobody wants any more, are looked at so often without being woken. */
const LOOK_MS = 1_000;
const TRY_AGAIN_MS = 2_000;
/** The engine ends a ringing by itself; one that it knows nothing of is given up so much later. */
const RINGING_GRACE_MS = 15_000;
/** An attempt that the line does not hold and of which nothing is heard for so long is over. */
const MISSING_MS = 10_000;

/** 架電: calls the recipients of running campaigns. What becomes of the calls is told to it as `CampaignCalls`. */
export type Dialler = CampaignCalls & {
  /** Once the line is started and the calls of a former process are taken up. */
  start(): void;
  /** Looks at once: a campaign has changed. */
  wake(): void;
  stop(): Promise<void>;
  /** Of campaigns that run, to be spoken as they were approved. */
  readonly versions: readonly RunnableFlow[];
};

type Mine = {
  readonly attemptId: string;
  readonly campaign: DialledCampaign | null;
  readonly recipient: DueRecipient | null;
  readonly call: CampaignCall | null;
  /** False: a former process reserved it and did no more. */
  readonly isDialled: boolean;
  /** One after the other, so that an end is never overtaken by what came before it. */
  writing: Promise<void>;
  isOver: boolean;
  cancelLimit: () => void;
  missingSinceMs: number | null;
};

type Change = Omit<Updateable<Tables['campaign_attempt']>, 'attempt_id'>;

/**
 * Dials once for each attempt at most: it is reserved in PostgreSQL, then marked as dialled, and only then is the line touched. Make it before
 * the line is started, so that nothing is missed.
 */
export function createDialler(parts: {
  readonly line: DiallingLine & HearingLine & Pick<Line, 'hangUp'>;
  readonly db: Database;
  readonly directory: Pick<Directory, 'bundle' | 'phoneNumber' | 'holidays'>;
  readonly soundsReady: (campaign: DialledCampaign, recipient: DueRecipient) => Promise<void>;
  /** Waited for before people of other versions than before are called: these are to be spoken as they were approved. */
  readonly versionsChanged?: () => Promise<void>;
  readonly rules?: DiallingRules;
  /** What the answers of a trunk's network mean. */
  readonly tableOf?: (trunkId: string | null) => OutcomeTable;
  /** Nothing is dialled while the engine is away. */
  readonly isUp: () => boolean;
  /** Resolves with true once all that the calls have told stands in PostgreSQL, with false where that is away. */
  readonly recordsWritten: () => Promise<boolean>;
  readonly clock: Clock;
  readonly callNode: string;
  readonly log: Logger;
}): Dialler {
  const { line, db, directory, clock, callNode, log, rules = noRules } = parts;
  const tableOf = parts.tableOf ?? (() => DEFAULT_OUTCOME_TABLE);
  const mine = new Map<string, Mine>();
  const ready = new Map<string, ReadyRecipients>();
  const rounds = createRounds({ clock, holidays: () => directory.holidays });
  let campaigns: readonly DialledCampaign[] = [];
  /** What a former process left is settled. */
  let isReconciled = false;
  let stopped = false;
  let looking: Promise<void> | null = null;
  let isWoken = false;
  let cancelLook: (() => void) | null = null;
  let cancelRound: (() => void) | null = null;

  line.onAttempt(hear);
  const listening = createAnswerListening({
    line,
    clock,
    onTold: (attemptId, answeredBy) => {
      const attempt = mine.get(attemptId);
      if (attempt !== undefined) write(attempt, { answered_by: answeredBy });
    },
    log,
  });

  function hear(event: AttemptEvent): void {
    const attempt = mine.get(event.attemptId);
    if (attempt === undefined) return;
    const at = new Date(clock.now());
    switch (event.type) {
      case 'notDialled':
        finish(attempt, { how: 'notDialled', reason: event.reason });
        return;
      case 'dialled':
        write(attempt, { trunk_id: event.trunkId, sip_call_id: event.sipCallId });
        return;
      case 'ringing':
        write(attempt, { state: 'ringing', ringing_at: at, early_media: event.earlyMedia });
        return;
      case 'answered':
        limit(attempt, longestCallMs(attempt), () => line.hangUp(attempt.attemptId));
        write(attempt, { state: 'talking', answered_at: at });
        listening.begin(attempt.attemptId);
        return;
      case 'dialFailed': {
        const { type: _, attemptId: __, ...failure } = event;
        finish(attempt, { how: 'failed', failure });
        return;
      }
      case 'lost':
        finish(attempt, { how: 'over' });
    }
  }

  function longestCallMs({ campaign }: Mine): number {
    return (campaign?.settings.longestCallMinutes ?? 10) * 60_000;
  }

  function limit(attempt: Mine, ms: number, end: () => Promise<void>): void {
    attempt.cancelLimit();
    attempt.cancelLimit = clock.after(ms, () => {
      end().catch((error: unknown) => log.warn({ err: error }, 'an attempt could not be ended'));
    });
  }

  function write(attempt: Mine, change: Change): void {
    attempt.writing = attempt.writing.then(() =>
      untilDone('the state of an attempt', async () => {
        await db
          .updateTable('campaign_attempt')
          .set(change)
          .where('attempt_id', '=', attempt.attemptId)
          .where('state', 'in', ['dialling', 'ringing', 'talking'])
          .execute();
      }),
    );
  }

  /** Writes the end of an attempt, for which only the first word counts. */
  function finish(attempt: Mine, end: AttemptEnd): void {
    if (attempt.isOver) return;
    attempt.isOver = true;
    attempt.cancelLimit();
    listening.end(attempt.attemptId);
    attempt.writing = attempt.writing
      .then(() =>
        untilDone('the end of an attempt', async () => {
          // What was said in the call decides what follows.
          if (end.how === 'over' && !(await parts.recordsWritten())) throw new Error('records are waiting');
          const settling = { db, rules, tableOf, holidays: directory.holidays, nowMs: clock.now() };
          await settleAttempt(settling, attempt.attemptId, end);
        }),
      )
      .then(() => {
        if (!stopped) mine.delete(attempt.attemptId);
      });
  }

  async function untilDone(what: string, work: () => Promise<void>): Promise<void> {
    while (!stopped) {
      try {
        await work();
        return;
      } catch (error) {
        log.warn({ err: error, what }, 'is written later');
        await new Promise<void>((resolve) => clock.after(TRY_AGAIN_MS, resolve));
      }
    }
  }

  function newMine(
    attemptId: string,
    campaign: DialledCampaign | null,
    recipient: DueRecipient | null,
    isDialled: boolean,
  ): Mine {
    const call =
      campaign === null || recipient === null
        ? null
        : callOfRecipient(campaign, recipient, attemptId, directory.phoneNumber(campaign.phoneNumber)?.name);
    const attempt: Mine = {
      attemptId,
      campaign,
      recipient,
      call,
      isDialled,
      writing: Promise.resolve(),
      isOver: false,
      cancelLimit: () => undefined,
      missingSinceMs: null,
    };
    mine.set(attemptId, attempt);
    return attempt;
  }

  async function load(): Promise<void> {
    for (const open of await readOpenAttempts(db, callNode, directory.bundle)) {
      const { attemptId, campaign, recipient, isDialled } = open;
      if (!mine.has(attemptId)) newMine(attemptId, campaign, recipient, isDialled);
    }
  }

  /** What the engine still has goes on; what was reserved and never dialled is taken back; of the rest the records tell, or nobody. */
  async function reconcile(): Promise<void> {
    if (!(await parts.recordsWritten())) throw new Error('records are waiting');
    await load();
    for (const attempt of [...mine.values()]) {
      const held = line.heldAttempts.get(attempt.attemptId);
      if (held === undefined) finish(attempt, attempt.isDialled ? { how: 'over' } : { how: 'takenBack' });
      else if (held === 'answered')
        limit(attempt, longestCallMs(attempt), () => line.hangUp(attempt.attemptId));
      else limitRinging(attempt);
    }
    isReconciled = true;
  }

  function limitRinging(attempt: Mine): void {
    const ringMs = (attempt.campaign?.settings.ringTimeoutS ?? 60) * 1_000;
    limit(attempt, ringMs + RINGING_GRACE_MS, () => line.cancelDial(attempt.attemptId));
  }

  async function place(campaign: DialledCampaign, recipient: DueRecipient): Promise<void> {
    const attemptId = `att-${randomUUID()}`;
    const attempt = newMine(attemptId, campaign, recipient, true);
    try {
      const nowMs = clock.now();
      const isReserved = await reserveAttempt(db, rules, { attemptId, campaign, recipient, callNode, nowMs });
      if (!isReserved) {
        mine.delete(attemptId);
        return;
      }
      if (stopped || !(await markDialled(db, attemptId, clock.now()))) {
        finish(attempt, { how: 'takenBack' });
        return;
      }
    } catch (error) {
      log.warn({ err: error }, 'an attempt could not be reserved');
      // It may stand there all the same; the line knows nothing of it.
      finish(attempt, { how: 'takenBack' });
      return;
    }
    limitRinging(attempt);
    try {
      await line.dial({
        attemptId,
        to: recipient.telephone,
        calledNumber: campaign.phoneNumber,
        ringTimeoutMs: campaign.settings.ringTimeoutS * 1_000,
        linesLeftFree: campaign.settings.linesLeftFree,
      });
    } catch (error) {
      // Nobody knows whether it rings.
      log.warn({ err: error }, 'an attempt could not be dialled');
      finish(attempt, { how: 'over' });
    }
  }

  function round(): void {
    cancelRound = null;
    if (stopped || campaigns.length === 0) return;
    cancelRound = clock.after(ROUND_MS, round);
    if (!isReconciled || !parts.isUp()) return;
    const inHand = [...mine.values()];
    const telephones = new Set(inHand.flatMap(({ recipient }) => recipient?.telephone ?? []));
    const recipientIds = new Set(inHand.flatMap(({ recipient }) => recipient?.recipientId ?? []));
    const turns = rounds.next(campaigns, {
      openAttempts: (campaignId) =>
        inHand.filter(({ campaign }) => campaign?.campaignId === campaignId).length,
      readyCount: (campaign) => readyOf(campaign).count,
      linesFor: (leftFree) => line.linesFor(leftFree),
      fill: (campaign, want) => readyOf(campaign).fill(campaign, want),
    });
    for (const campaign of turns) {
      // Two people with one telephone are called one after the other.
      const recipient = readyOf(campaign).take({ recipientIds, telephones });
      if (recipient === null) continue;
      telephones.add(recipient.telephone);
      recipientIds.add(recipient.recipientId);
      void place(campaign, recipient);
    }
  }

  function readyOf({ campaignId }: DialledCampaign): ReadyRecipients {
    const known = ready.get(campaignId);
    if (known !== undefined) return known;
    const made = createReadyRecipients({ db, soundsReady: parts.soundsReady, clock, log });
    ready.set(campaignId, made);
    return made;
  }

  async function look(): Promise<void> {
    if (!isReconciled) await reconcile();
    await lookAtCampaigns();
    if (mine.size > 0) {
      for (const attemptId of await readUnwantedAttempts(db, callNode)) await line.cancelDial(attemptId);
      giveUpMissing();
    }
    if (cancelRound === null && !stopped) round();
  }

  async function lookAtCampaigns(): Promise<void> {
    const before = new Set(campaigns.map(({ bundle }) => bundle));
    campaigns = await readRunningCampaigns(db, directory.bundle);
    const running = new Set(campaigns.map(({ campaignId }) => campaignId));
    for (const campaignId of [...ready.keys()]) if (!running.has(campaignId)) ready.delete(campaignId);
    if (campaigns.some(({ bundle }) => !before.has(bundle))) await parts.versionsChanged?.();
  }

  /** Where the line lost an attempt without a word. */
  function giveUpMissing(): void {
    const held = line.heldAttempts;
    const nowMs = clock.monotonicMs();
    for (const attempt of mine.values()) {
      if (held.has(attempt.attemptId) || attempt.isOver || !parts.isUp()) attempt.missingSinceMs = null;
      else {
        attempt.missingSinceMs ??= nowMs;
        if (nowMs - attempt.missingSinceMs > MISSING_MS) finish(attempt, { how: 'over' });
      }
    }
  }

  function wake(): void {
    if (stopped) return;
    isWoken = true;
    looking ??= lookAll().finally(() => {
      looking = null;
      if (isWoken && cancelLook === null) wake();
    });
  }

  async function lookAll(): Promise<void> {
    cancelLook?.();
    cancelLook = null;
    let nextMs = LOOK_MS;
    try {
      while (isWoken && !stopped) {
        isWoken = false;
        await look();
      }
    } catch (error) {
      nextMs = TRY_AGAIN_MS;
      log.warn({ err: error }, 'campaigns are looked at again');
    }
    if (!stopped) cancelLook = clock.after(nextMs, wake);
  }

  return {
    load,
    callOf: (attemptId) => mine.get(attemptId)?.call ?? null,
    isPerson: (attemptId, check) => isBirthday(mine.get(attemptId)?.recipient?.birthDate ?? null, check),
    keyPressed: listening.keyPressed,
    over(attemptId) {
      const attempt = mine.get(attemptId);
      if (attempt !== undefined) finish(attempt, { how: 'over' });
    },
    start: wake,
    wake() {
      for (const each of ready.values()) each.look();
      wake();
    },
    async stop() {
      stopped = true;
      cancelLook?.();
      cancelRound?.();
      for (const attempt of mine.values()) {
        attempt.cancelLimit();
        listening.end(attempt.attemptId);
      }
      await looking;
      await Promise.all([...mine.values()].map(({ writing }) => writing));
    },
    get versions() {
      return campaigns.map(({ bundle }) => bundle);
    },
  };
}
