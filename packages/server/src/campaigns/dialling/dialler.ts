import { randomUUID } from 'node:crypto';
import type { RunnableFlow } from '@madoguchi/flow';
import type { Updateable } from 'kysely';
import type { Logger } from 'pino';
import type { CallBack, CampaignCall, CampaignCalls, Directory, ReceivedCall } from '../../calls/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database, Tables } from '../../database/index.ts';
import type { AttemptEvent, DiallingLine, HearingLine, Line } from '../../line/index.ts';
import { createAnswerListening } from '../answering/answer-listening.ts';
import { createCallBacks } from '../call-backs/call-backs.ts';
import { DEFAULT_OUTCOME_TABLE } from '../pacing/default-outcome-table.ts';
import type { OutcomeTable } from '../pacing/outcome-of.ts';
import { callOfRecipient, whoKeyedIn } from './call-of-recipient.ts';
import { type DiallingRules, noRules } from './dialling-rules.ts';
import type { DueRecipient } from './due-recipients.ts';
import { type OpenAttempt, readOpenAttempts, readUnwantedAttempts } from './open-attempts.ts';
import { readGonePeople } from './people-of-attempt.ts';
import { createReadyRecipients, type ReadyCall, type ReadyRecipients } from './ready-recipients.ts';
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
  /** Of campaigns that run or may be called back, to be spoken as they were approved. */
  readonly versions: readonly RunnableFlow[];
  /** Those of them that people hear who call back. */
  readonly callBackVersions: readonly RunnableFlow[];
};

type Mine = {
  readonly attemptId: string;
  readonly campaign: DialledCampaign | null;
  readonly recipient: DueRecipient | null;
  /** All who may be on the line. */
  people: readonly DueRecipient[];
  /** Who of several was taken off since: recipient ids. */
  readonly gone: Set<number>;
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
  readonly directory: Pick<Directory, 'bundle' | 'phoneNumber' | 'holidays' | 'dueAt'>;
  readonly soundsReady: (campaign: DialledCampaign, recipient: DueRecipient) => Promise<void>;
  /** Waited for before people of other versions than before are called: these are to be spoken as they were approved. */
  readonly versionsChanged?: () => Promise<void>;
  readonly rules?: DiallingRules;
  /** What the answers of a trunk's network mean. */
  readonly tableOf?: (trunkId: string | null) => OutcomeTable;
  /** Nothing is dialled while the engine is away. */
  readonly isUp: () => boolean;
  /** Whether a call-back goes on, as somebody's conversation. */
  readonly hasCallBack: (callId: string) => boolean;
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
  const callBacks = createCallBacks({
    db,
    directory,
    hasCallBack: parts.hasCallBack,
    recordsWritten: parts.recordsWritten,
    clock,
    callNode,
    log,
  });
  let campaigns: readonly DialledCampaign[] = [];
  /** Versions that were there at the last look. */
  let told: ReadonlySet<RunnableFlow> = new Set();
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
          const { holidays, dueAt } = directory;
          const settling = { db, rules, tableOf, holidays, dueAt, nowMs: clock.now() };
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

  function callOf(attemptId: string): CampaignCall | null {
    const { campaign = null, recipient = null, people = [] } = mine.get(attemptId) ?? {};
    if (campaign === null || recipient === null) return null;
    const numberName = directory.phoneNumber(campaign.phoneNumber)?.name;
    return callOfRecipient(campaign, recipient, people, attemptId, numberName);
  }

  function newMine({ attemptId, campaign, recipient, people, isDialled }: OpenAttempt): Mine {
    const attempt: Mine = {
      attemptId,
      campaign,
      recipient,
      people,
      gone: new Set(),
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
    await callBacks.load();
    for (const open of await readOpenAttempts(db, callNode, directory.bundle)) {
      if (!mine.has(open.attemptId)) newMine(open);
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

  async function place(campaign: DialledCampaign, { recipient, others }: ReadyCall): Promise<void> {
    const attemptId = `att-${randomUUID()}`;
    const attempt = newMine({ attemptId, campaign, recipient, people: [recipient], isDialled: true });
    try {
      const nowMs = clock.now();
      const order = { attemptId, campaign, recipient, others, callNode, nowMs };
      const people = await reserveAttempt(db, rules, order);
      if (people === null) {
        mine.delete(attemptId);
        return;
      }
      attempt.people = people;
      const isMarked = !stopped && (await markDialled(db, attemptId, clock.now()));
      if (!isMarked || callBacks.isOn(recipient.telephone)) {
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
    const recipientIds = new Set(
      inHand.flatMap(({ people }) => people.map(({ recipientId }) => recipientId)),
    );
    const turns = rounds.next(campaigns, {
      openAttempts: (campaignId) =>
        inHand.filter(({ campaign }) => campaign?.campaignId === campaignId).length,
      readyCount: (campaign) => readyOf(campaign).count,
      linesFor: (leftFree) => line.linesFor(leftFree),
      fill: (campaign, want) => readyOf(campaign).fill(campaign, want),
    });
    for (const campaign of turns) {
      // Two people with one telephone are called one after the other.
      const next = readyOf(campaign).take({
        recipientIds,
        isInUse: (telephone) => telephones.has(telephone) || callBacks.isOn(telephone),
      });
      if (next === null) continue;
      telephones.add(next.recipient.telephone);
      for (const { recipientId } of [next.recipient, ...next.others]) recipientIds.add(recipientId);
      void place(campaign, next);
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
      for (const { attemptId, recipientId } of await readGonePeople(db, callNode))
        mine.get(attemptId)?.gone.add(recipientId);
      giveUpMissing();
    }
    if (cancelRound === null && !stopped) round();
  }

  async function lookAtCampaigns(): Promise<void> {
    campaigns = await readRunningCampaigns(db, directory.bundle);
    await callBacks.look();
    const running = new Set(campaigns.map(({ campaignId }) => campaignId));
    for (const campaignId of [...ready.keys()]) if (!running.has(campaignId)) ready.delete(campaignId);
    const before = told;
    told = new Set(versions());
    if (versions().some((version) => !before.has(version))) await parts.versionsChanged?.();
  }

  function versions(): readonly RunnableFlow[] {
    return [...campaigns.map(({ bundle }) => bundle), ...callBacks.versions];
  }

  /** Whoever calls back is not called as well: what rings at that telephone is taken back, and what is reserved is not dialled. */
  async function calledBack(call: ReceivedCall): Promise<CallBack | null> {
    const { callId, telephone } = call;
    const atTelephone = () => [...mine.values()].filter((each) => each.recipient?.telephone === telephone);
    const isTalking = atTelephone().some(({ attemptId }) => line.heldAttempts.get(attemptId) === 'answered');
    if (isTalking && !callBacks.has(callId)) return null;
    const callBack = await callBacks.take(call);
    if (callBack === null) return null;
    for (const { attemptId } of atTelephone())
      line
        .cancelDial(attemptId)
        .catch((error: unknown) => log.warn({ err: error, attemptId }, 'an attempt still rings'));
    return callBack;
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
    callOf,
    whoIs(attemptId, check) {
      if (callBacks.has(attemptId)) return callBacks.whoIs(attemptId, check);
      const { people = [], gone } = mine.get(attemptId) ?? {};
      return whoKeyedIn(people, check, gone === undefined ? {} : { gone });
    },
    expectsCallBacks: callBacks.expectsCallBacks,
    calledBack,
    keyPressed: listening.keyPressed,
    over(attemptId) {
      const attempt = mine.get(attemptId);
      if (attempt !== undefined) finish(attempt, { how: 'over' });
      else callBacks.over(attemptId);
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
      await callBacks.stop();
    },
    get versions() {
      return versions();
    },
    get callBackVersions() {
      return callBacks.versions;
    },
  };
}
