import type { RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import type { CallBack, CampaignCalls, Directory, ReceivedCall } from '../../calls/index.ts';
import type { Clock } from '../../clock.ts';
import { answeringWithin, type Database } from '../../database/index.ts';
import { whoKeyedIn } from '../dialling/call-of-recipient.ts';
import type { DueRecipient } from '../dialling/due-recipients.ts';
import { callBackOf } from './call-back-of.ts';
import { type CalledBackCampaign, readCalledBackCampaigns } from './called-back-campaigns.ts';
import { readOpenCallBacks } from './open-call-backs.ts';
import { settleCallBack } from './settle-call-back.ts';
import { takeCallBack } from './take-call-back.ts';

/** The caller hears it ring meanwhile. A PostgreSQL that takes longer counts as away: he hears the number's own flow. */
const TAKE_LIMIT_MS = 1_000;
const TRY_AGAIN_MS = 2_000;
/** A call-back whose call nobody has for so long is over. */
const MISSING_MS = 10_000;

/** 折り返し: received calls of people whom a campaign has contacted. */
export type CallBacks = Pick<CampaignCalls, 'load' | 'expectsCallBacks' | 'whoIs'> & {
  /** Takes the call for a call-back; null: it is a call like any other. Never rejects. */
  take(call: ReceivedCall): Promise<CallBack | null>;
  has(callId: string): boolean;
  /** Whether somebody calls back from this telephone, or it is being found out: nobody is to be called there. */
  isOn(telephone: string): boolean;
  /** The call is over, and its last event appended. */
  over(callId: string): void;
  /** Looks at which campaigns may be called back, and settles what a former process left. @throws where PostgreSQL does not answer */
  look(): Promise<void>;
  stop(): Promise<void>;
  /** What people who call back hear. */
  readonly versions: readonly RunnableFlow[];
};

type Mine = {
  readonly telephone: string;
  readonly people: readonly DueRecipient[];
  /** Null where what it takes is not there any more. */
  readonly callBack: CallBack | null;
  settling: Promise<void> | null;
  missingSinceMs: number | null;
};

export function createCallBacks({
  db,
  directory,
  hasCallBack,
  recordsWritten,
  clock,
  callNode,
  log,
}: {
  readonly db: Database;
  readonly directory: Pick<Directory, 'bundle' | 'holidays'>;
  /** Whether it goes on, as somebody's conversation. */
  readonly hasCallBack: (callId: string) => boolean;
  /** Resolves with true once all that the calls have told stands in PostgreSQL, with false where that is away. */
  readonly recordsWritten: () => Promise<boolean>;
  readonly clock: Clock;
  readonly callNode: string;
  readonly log: Logger;
}): CallBacks {
  const quickDb = answeringWithin(db, TAKE_LIMIT_MS);
  const mine = new Map<string, Mine>();
  /** Telephones of calls that are being looked for. */
  const asked = new Map<string, string>();
  let campaigns: readonly CalledBackCampaign[] = [];
  let expected: ReadonlySet<string> = new Set();
  let stopped = false;

  function keep(callId: string, found: Pick<Mine, 'telephone' | 'people' | 'callBack'>): void {
    mine.set(callId, { ...found, settling: null, missingSinceMs: null });
  }

  async function take(call: ReceivedCall): Promise<CallBack | null> {
    const { callId, telephone } = call;
    const known = mine.get(callId);
    if (known !== undefined) return known.callBack;
    if (telephone === null) return null;
    asked.set(callId, telephone);
    try {
      const taken = await takeCallBack(quickDb, {
        call: { ...call, telephone },
        campaigns,
        holidays: directory.holidays,
        callNode,
        nowMs: clock.now(),
      });
      if (taken === null) return null;
      const callBack = callBackOf(taken.campaign, taken.people, callId);
      keep(callId, { telephone, people: taken.people, callBack });
      return callBack;
    } catch (error) {
      // It may stand there all the same: then `look` finds that nobody has such a call-back.
      log.warn({ err: error, callId }, 'nobody knows whether a call is a call-back');
      return null;
    } finally {
      asked.delete(callId);
    }
  }

  async function load(): Promise<void> {
    campaigns = await readCalledBackCampaigns(db, clock.now(), directory.bundle);
    expected = new Set(campaigns.map(({ phoneNumber }) => phoneNumber));
    for (const { callId, people, campaign } of await readOpenCallBacks(db, callNode, directory.bundle)) {
      if (mine.has(callId) || asked.has(callId)) continue;
      const [first, ...others] = people;
      const callBack =
        first === undefined || campaign === null ? null : callBackOf(campaign, [first, ...others], callId);
      keep(callId, { telephone: first?.telephone ?? '', people, callBack });
    }
  }

  function settle(callId: string): void {
    const callBack = mine.get(callId);
    if (callBack === undefined || callBack.settling !== null) return;
    callBack.settling = untilSettled(callId).then(() => {
      if (!stopped) mine.delete(callId);
    });
  }

  async function untilSettled(callId: string): Promise<void> {
    while (!stopped) {
      try {
        // What was said in the call decides what follows.
        if (!(await recordsWritten())) throw new Error('records are waiting');
        await settleCallBack({ db, holidays: directory.holidays, nowMs: clock.now() }, callId);
        return;
      } catch (error) {
        log.warn({ err: error, callId }, 'the end of a call-back is written later');
        await new Promise<void>((resolve) => clock.after(TRY_AGAIN_MS, resolve));
      }
    }
  }

  function giveUpMissing(): void {
    const nowMs = clock.monotonicMs();
    for (const [callId, callBack] of mine) {
      if (hasCallBack(callId)) callBack.missingSinceMs = null;
      else {
        callBack.missingSinceMs ??= nowMs;
        if (nowMs - callBack.missingSinceMs > MISSING_MS) settle(callId);
      }
    }
  }

  return {
    load,
    expectsCallBacks: (phoneNumber) => expected.has(phoneNumber),
    take,
    has: (callId) => mine.has(callId),
    isOn: (telephone) =>
      [...asked.values()].includes(telephone) ||
      [...mine.values()].some((callBack) => callBack.telephone === telephone),
    whoIs: (callId, check) => whoKeyedIn(mine.get(callId)?.people ?? [], check, { isKnown: false }),
    over: settle,
    async look() {
      await load();
      giveUpMissing();
    },
    async stop() {
      stopped = true;
      await Promise.all([...mine.values()].map(({ settling }) => settling));
    },
    get versions() {
      return [
        ...campaigns.map(({ bundle }) => bundle),
        ...[...mine.values()].flatMap(({ callBack }) => callBack?.bundle ?? []),
      ];
    },
  };
}
