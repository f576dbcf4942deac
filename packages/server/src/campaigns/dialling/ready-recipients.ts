import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { type DueRecipient, dueRecipients, readOthersOfHousehold } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';

/** Looked for at once. */
const LOOK_FOR = 50;
/** Where nobody more is due, PostgreSQL is asked again after this time. */
const LOOK_AGAIN_MS = 1_000;
/** Whose sounds could not be made is tried again after this time. */
const SOUND_AGAIN_MS = 60_000;

/** Who is called next, and who else may be on the line where one call is for a household. */
export type ReadyCall = { readonly recipient: DueRecipient; readonly others: readonly DueRecipient[] };

/** Who is being called, from the moment at which he was taken on. */
export type CalledNow = {
  readonly recipientIds: ReadonlySet<number>;
  readonly isInUse: (telephone: string) => boolean;
};

/** The next people of one campaign, whose sounds lie ready: nobody is called who would have to wait for a voice. */
export type ReadyRecipients = {
  /** Fills up in the background, where there is room. */
  fill(campaign: DialledCampaign, want: number): void;
  readonly count: number;
  /** The next one who is not being called: neither he himself, whom PostgreSQL may not know as taken yet, nor anybody by his telephone. */
  take(called: CalledNow): ReadyCall | null;
  /** Looks again at the next `fill`, since somebody may have become due. */
  look(): void;
};

const peopleOf = ({ recipient, others }: ReadyCall): readonly DueRecipient[] => [recipient, ...others];

export function createReadyRecipients({
  db,
  soundsReady,
  clock,
  log,
}: {
  readonly db: Database;
  /** Makes what the person will hear. Throws where it cannot be made. */
  readonly soundsReady: (campaign: DialledCampaign, recipient: DueRecipient) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}): ReadyRecipients {
  let ready: ReadyCall[] = [];
  let bundleId = '';
  let filling = false;
  let lookAtMs = Number.NEGATIVE_INFINITY;
  const silent = new Map<number, number>();

  async function fillUp(campaign: DialledCampaign, want: number): Promise<void> {
    const nowMs = clock.monotonicMs();
    for (const [recipientId, untilMs] of silent) if (untilMs <= nowMs) silent.delete(recipientId);
    const found = await dueRecipients(db, campaign.campaignId, {
      now: new Date(clock.now()),
      limit: Math.max(want, LOOK_FOR),
      except: [...ready.flatMap(peopleOf).map(({ recipientId }) => recipientId), ...silent.keys()],
    });
    if (found.length === 0) lookAtMs = nowMs + LOOK_AGAIN_MS;
    for (const recipient of found) {
      if (bundleId !== campaign.bundleId || ready.length >= Math.max(want, LOOK_FOR)) return;
      const isAskedFor = ready
        .flatMap(peopleOf)
        .some(({ recipientId }) => recipientId === recipient.recipientId);
      if (isAskedFor) continue;
      if (!(await isSpoken(campaign, recipient))) continue;
      const household = campaign.settings.mergeHouseholds
        ? await readOthersOfHousehold(db, campaign.campaignId, recipient, clock.now())
        : [];
      const others: DueRecipient[] = [];
      // Whoever of them is on the line must not wait for a voice either.
      for (const other of household) if (await isSpoken(campaign, other)) others.push(other);
      ready.push({ recipient, others });
    }
  }

  async function isSpoken(campaign: DialledCampaign, recipient: DueRecipient): Promise<boolean> {
    try {
      await soundsReady(campaign, recipient);
      return true;
    } catch (error) {
      silent.set(recipient.recipientId, clock.monotonicMs() + SOUND_AGAIN_MS);
      log.warn({ err: error, campaignId: campaign.campaignId }, 'a recipient waits for his sounds');
      return false;
    }
  }

  return {
    fill(campaign, want) {
      if (bundleId !== campaign.bundleId) {
        bundleId = campaign.bundleId;
        ready = [];
      }
      if (filling || ready.length >= want || clock.monotonicMs() < lookAtMs) return;
      filling = true;
      fillUp(campaign, want)
        .catch((error: unknown) => {
          lookAtMs = clock.monotonicMs() + LOOK_AGAIN_MS;
          log.warn({ err: error, campaignId: campaign.campaignId }, 'recipients are looked for again');
        })
        .finally(() => {
          filling = false;
        });
    },
    get count() {
      return ready.length;
    },
    take({ recipientIds, isInUse }) {
      ready = ready.filter(({ recipient }) => !recipientIds.has(recipient.recipientId));
      const at = ready.findIndex(({ recipient }) => !isInUse(recipient.telephone));
      return at < 0 ? null : (ready.splice(at, 1)[0] ?? null);
    },
    look() {
      lookAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}
