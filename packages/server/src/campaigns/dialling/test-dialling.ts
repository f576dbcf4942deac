import type { BundleDraft, SayPart } from '@madoguchi/flow';
import { pino } from 'pino';
import { END, oneFlow } from '../../../../../tests/setup/test-flows.ts';
import type { Switchboard } from '../../calls/index.ts';
import { TestRoom } from '../../calls/test-switchboard.ts';
import { offsetClock } from '../../clock.ts';
import { LineUnderTest } from '../../line/asterisk/line-under-test.ts';
import { createOutcomeTables, type OutcomeTables } from '../pacing/outcome-tables.ts';
import { createDialler, type Dialler } from './dialler.ts';
import { layCampaign, type TestRecipient } from './test-campaign.ts';

export const PUBLIC = '0725001001';
/** Markers that a citizen hears: our name, and what the menu asks, in which a value of the list is said. */
export const GREETING = 1;
export const ASKING = 2;
/** Scenario that says the 金額 to who keyed in the right birthday; 7 after it: no more calls. */
export const ASKS_WHO = 'asks-who';

/** From noon of this day on in Japan: at every hour of the real day people may be called. */
const NOON_MS = Date.parse(`${new Date().toISOString().slice(0, 10)}T12:00:00+09:00`);
export const clock = offsetClock(NOON_MS - Date.now());

export type Scenario = Readonly<Record<string, object>>;

/** For tests: an announcement without interruption. */
export const say = (text: string, next: string) => ({
  kind: 'announcement',
  title: text,
  prompt: { type: 'text', text },
  interruptible: false,
  next: { next },
});

/** Greets, and asks for a key with a value of the list in its words. */
const USUAL_SCENARIO: Scenario = {
  first: say('市役所です', 'ask'),
  ask: {
    kind: 'menu',
    title: '確認',
    prompt: { type: 'text', text: '納期限は{{納期限}}です。お支払いになる方は1を押してください。' },
    choices: [{ key: '1' }],
    timeoutMs: 10_000,
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
  },
  end: END,
};

/** Says the 金額 to who keyed in the right birthday. */
const ASKING_SCENARIO: Scenario = {
  first: say('市役所です', 'who'),
  who: {
    kind: 'identityCheck',
    title: '本人確認',
    tries: 1,
    next: { matched: 'informed', failed: 'end', none: 'end' },
  },
  informed: { kind: 'recordResult', title: '案内', result: 'informed', next: { next: 'matter' } },
  matter: say('{{金額}}円です。', 'wish'),
  wish: {
    kind: 'menu',
    title: '希望',
    prompt: { type: 'text', text: 'この電話を希望されない方は7を押してください。' },
    choices: [{ key: '7' }],
    timeoutMs: 2_000,
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:7': 'noMoreCalls', wrongKey: 'end', noKey: 'end' },
  },
  noMoreCalls: { kind: 'recordResult', title: '希望', result: 'optedOut', next: { next: 'end' } },
  end: END,
};

const MARKERS = 6;

/** Which marker, from 1 to 6, stands for what is said. */
type MarkerOf = (parts: readonly SayPart[]) => number;
const usualMarkerOf: MarkerOf = (parts) => (parts.some((part) => part.type === 'value') ? ASKING : GREETING);

/** For tests: a dialler and a switchboard over a real Asterisk and a real PostgreSQL; `world.staff` is every citizen's telephone. */
export class TestDialling {
  readonly world: LineUnderTest;
  readonly room: TestRoom;
  readonly dialler: Dialler;
  readonly outcomeTables: OutcomeTables;
  /** What was asked to be spoken. */
  readonly spoken: (readonly SayPart[])[] = [];
  #switchboard: Switchboard | null = null;
  #campaigns = 0;

  private constructor(world: LineUnderTest, room: TestRoom) {
    this.world = world;
    this.room = room;
    const log = pino({ level: 'silent' });
    this.outcomeTables = createOutcomeTables({ db: room.db, log });
    this.dialler = createDialler({
      line: world.line,
      db: room.db,
      directory: room.directory,
      soundsReady: () => Promise.resolve(),
      tableOf: this.outcomeTables.of,
      isUp: () => this.#switchboard?.engineUp === true,
      hasCallBack: (callId) => this.#switchboard?.hasCallBack(callId) === true,
      recordsWritten: () => room.recordsWritten(),
      clock,
      callNode: 'test',
      log,
    });
  }

  static async start({
    scenario = USUAL_SCENARIO,
    markerOf = usualMarkerOf,
  }: {
    readonly scenario?: Scenario;
    readonly markerOf?: MarkerOf;
  } = {}): Promise<TestDialling> {
    const [world, room] = await Promise.all([LineUnderTest.start(), TestRoom.open()]);
    const dialling = new TestDialling(world, room);
    await dialling.#begin(oneFlow('scenario', scenario), markerOf);
    return dialling;
  }

  async #begin(scenario: BundleDraft, markerOf: MarkerOf): Promise<void> {
    const { world, room } = this;
    const sounds = new Map<number, string>();
    for (let marker = 1; marker <= MARKERS; marker++) sounds.set(marker, await world.sound(marker, 400));
    await room.serve(PUBLIC, oneFlow('served', { first: say('受電', 'end'), end: END }));
    // What a scenario may say of its recipient is known to the campaign, not to the test's checker.
    for (const bundle of [scenario, oneFlow(ASKS_WHO, ASKING_SCENARIO)]) {
      await room.database.db
        .insertInto('flow_bundle')
        .values({ bundle_id: bundle.bundleId, name: bundle.bundleId, bundle: JSON.stringify(bundle) })
        .execute();
    }
    this.#switchboard = await room.switchboard(world.line, clock, {
      soundsFor: (parts) => {
        this.spoken.push(parts);
        return Promise.resolve([sounds.get(markerOf(parts)) ?? '']);
      },
      campaignCalls: this.dialler,
    });
    await this.#switchboard.start();
    this.dialler.start();
  }

  /** A running campaign for these people. @returns its id */
  async campaign(
    recipients: readonly TestRecipient[],
    settings: Parameters<typeof layCampaign>[1]['settings'] = {},
    bundleId = 'scenario',
  ): Promise<string> {
    const campaignId = `campaign-${++this.#campaigns}`;
    const { db } = this.room.database;
    await layCampaign(db, { campaignId, bundleId, phoneNumber: PUBLIC, recipients, settings });
    this.dialler.wake();
    return campaignId;
  }

  async attempts(campaignId: string) {
    return await this.room.database.db
      .selectFrom('campaign_attempt')
      .selectAll()
      .where('campaign_id', '=', campaignId)
      .orderBy('reserved_at')
      .execute();
  }

  async recipients(campaignId: string) {
    return await this.room.database.db
      .selectFrom('campaign_recipient')
      .select(['state', 'tries', 'settled_reason', 'next_at', 'result'])
      .where('campaign_id', '=', campaignId)
      .orderBy('recipient_id')
      .execute();
  }

  async stop(): Promise<void> {
    await this.dialler.stop();
    await this.#switchboard?.stop();
    await this.world.close();
    await this.room.close();
  }
}
