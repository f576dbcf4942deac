import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { LiveSnapshotSchema } from '../../http/contract.ts';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import { batchFor, began, TEST_NUMBER, testCall, writeTestCall } from './test-calls.ts';

let admin: TestAdminServer;
let port: number;
let cookie: string;
const open: Browser[] = [];

beforeAll(async () => {
  admin = await startTestAdminServer({ sessionCheckMs: 300 });
  port = Number(new URL(await admin.server.listen({ host: '127.0.0.1', port: 0 })).port);
  ({ cookie } = await admin.enter('staff'));
});
afterEach(async () => {
  for (const browser of open.splice(0)) browser.leave();
  await admin.database.db.deleteFrom('call_summary').execute();
});
afterAll(async () => {
  await admin.stop();
});

type Heard = {
  readonly event: string;
  readonly id: string;
  readonly calls: readonly z.infer<typeof LiveSnapshotSchema>['calls'][number][];
  readonly atMs: number;
};

/** A browser on GET /api/live, on a real socket. */
class Browser {
  readonly heard: Heard[] = [];
  readonly ended: Promise<unknown>;
  readonly response: IncomingMessage;
  readonly #request: ClientRequest;
  #wake: () => void = () => undefined;

  static async open(headers: Record<string, string> = {}): Promise<Browser> {
    const request = get({
      host: '127.0.0.1',
      port,
      path: '/api/live',
      headers: { cookie, ...headers },
      agent: false,
    });
    const [response] = z.tuple([z.custom<IncomingMessage>()]).parse(await once(request, 'response'));
    const browser = new Browser(request, response);
    open.push(browser);
    return browser;
  }

  constructor(request: ClientRequest, response: IncomingMessage) {
    this.#request = request;
    this.response = response;
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    this.ended = new Promise((resolve) => response.once('close', resolve));
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.#take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    });
  }

  #take(block: string): void {
    const [, event, id, data] = /^event: (\w+)\nid: (\d+)\ndata: (.*)$/.exec(block) ?? [];
    if (event === undefined || id === undefined || data === undefined) return;
    const { calls } = LiveSnapshotSchema.parse(JSON.parse(data));
    this.heard.push({ event, id, calls, atMs: performance.now() });
    this.#wake();
  }

  async until(found: (heard: readonly Heard[]) => boolean, withinMs = 5_000): Promise<void> {
    const limit = AbortSignal.timeout(withinMs);
    while (!found(this.heard)) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        limit.onabort = () => reject(new Error(`not heard within ${withinMs} ms`));
      });
    }
  }

  knows(callId: string): boolean {
    return this.heard.some(({ calls }) => calls.some((call) => call.callId === callId));
  }

  leave(): void {
    this.#request.destroy();
  }
}

const snapshotCame = (heard: readonly Heard[]) => heard.some(({ event }) => event === 'snapshot');

test('a call that is committed is on the screen within a second, and its end too', async () => {
  const { db } = admin.database;
  const browser = await Browser.open();
  await browser.until(snapshotCame);
  const call = testCall();
  await writeTestCall(
    db,
    batchFor(call, [{ event: began(call) }, { event: { type: 'keyPressed', key: '1' }, nodeId: 'm' }], {
      nodeTitle: '用件',
    }),
  );
  const committedMs = performance.now();
  await browser.until(() => browser.knows(call.callId));
  expect((browser.heard.at(-1)?.atMs ?? Number.POSITIVE_INFINITY) - committedMs).toBeLessThan(1_000);
  expect(browser.heard.at(-1)).toMatchObject({
    event: 'calls',
    calls: [
      {
        callId: call.callId,
        state: 'inProgress',
        keys: '1',
        callerShown: '090-0000-1234',
        node: { title: '用件' },
      },
    ],
  });
  await writeTestCall(db, batchFor(call, [{ event: { type: 'hungUp' } }], { firstSeq: 2, ended: true }));
  await browser.until((heard) => heard.some(({ calls }) => calls.some((one) => one.state === 'ended')));
});

test('a screen that is opened later shows the calls in progress and no others', async () => {
  const { db } = admin.database;
  const running = testCall();
  const over = testCall();
  await writeTestCall(db, batchFor(running, [{ event: began(running) }]));
  await writeTestCall(db, batchFor(over, [{ event: began(over) }], { ended: true }));
  const browser = await Browser.open();
  await browser.until(snapshotCame);
  expect(browser.heard[0]).toMatchObject({ event: 'snapshot', calls: [{ callId: running.callId }] });
});

test('the live page survives the loss of every connection to PostgreSQL', async () => {
  const { db } = admin.database;
  const browser = await Browser.open();
  await browser.until(snapshotCame);
  const killer = new pg.Client({ connectionString: admin.database.url });
  await killer.connect();
  const { rowCount } = await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'`);
  expect(rowCount).toBe(1);
  const first = testCall();
  await writeTestCall(db, batchFor(first, [{ event: began(first) }]));
  const committedMs = performance.now();
  await browser.until(() => browser.knows(first.callId));
  // Nobody is notified now: the look of every second finds it.
  expect(performance.now() - committedMs).toBeLessThan(1_500);

  await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  const second = testCall();
  await expect
    .poll(
      async () =>
        await writeTestCall(db, batchFor(second, [{ event: began(second) }])).then(
          () => true,
          () => false,
        ),
    )
    .toBe(true);
  await browser.until(() => browser.knows(second.callId));
  await killer.end();
});

test('a change that commits after a later one is not missed', async () => {
  const { db } = admin.database;
  const slow = testCall();
  const quick = testCall();
  await writeTestCall(db, batchFor(quick, [{ event: began(quick) }], { ended: true }));
  const browser = await Browser.open();
  await browser.until(snapshotCame);
  await db.transaction().execute(async (trx) => {
    await writeTestCall(trx, batchFor(slow, [{ event: began(slow) }]));
    // Later ids are drawn, committed and told while the earlier one is still open.
    for (let seq = 1; seq <= 3; seq++) {
      await writeTestCall(db, batchFor(quick, [{ event: { type: 'announced', id: 0 } }], { firstSeq: seq }));
      await browser.until((heard) =>
        heard.some(({ calls }) => calls.some((call) => call.callId === quick.callId && call.lastSeq === seq)),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(browser.knows(slow.callId)).toBe(false);
  });
  await browser.until(() => browser.knows(slow.callId));
  // Nothing is told twice while the horizon stands still.
  expect(
    browser.heard
      .flatMap(({ calls }) => calls)
      .filter((call) => call.callId === quick.callId && call.lastSeq === 1),
  ).toHaveLength(1);
});

test('a browser that comes back with its last event id gets what it missed, one with an id too old a snapshot', async () => {
  const { db } = admin.database;
  const before = await Browser.open();
  await before.until(snapshotCame);
  const lastId = before.heard.at(-1)?.id ?? '';
  before.leave();
  const missed = testCall();
  await writeTestCall(db, batchFor(missed, [{ event: began(missed) }], { ended: true }));
  const back = await Browser.open({ 'last-event-id': lastId });
  await back.until((heard) => heard.length > 0);
  expect(back.heard[0]).toMatchObject({ event: 'calls', calls: [{ callId: missed.callId, state: 'ended' }] });

  await sql`select setval('call_change', nextval('call_change') + 5000)`.execute(db);
  const late = await Browser.open({ 'last-event-id': lastId });
  await late.until((heard) => heard.length > 0);
  expect(late.heard[0]?.event).toBe('snapshot');
  const fromElsewhere = await Browser.open({ 'last-event-id': '999999999' });
  await fromElsewhere.until((heard) => heard.length > 0);
  expect(fromElsewhere.heard[0]?.event).toBe('snapshot');
});

test('a browser that stops reading is not waited for, and gets a snapshot when it reads again', async () => {
  const { db } = admin.database;
  const slow = await Browser.open();
  const quick = await Browser.open();
  await slow.until(snapshotCame);
  await quick.until(snapshotCame);
  slow.response.pause();
  const call = testCall();
  // Long enough that a few rounds fill what two sockets and the kernel hold for a reader that sleeps.
  await db
    .insertInto('phone_number')
    .values({
      phone_number: TEST_NUMBER,
      name: '長'.repeat(20_000),
      bundle_id: null,
      fallback_number: null,
      calendar_id: null,
    })
    .execute();
  const rounds = 10;
  const crowd = Array.from({ length: 20 }, () => testCall());
  for (let seq = 0; seq < rounds; seq++) {
    const batches = crowd.map((one) =>
      batchFor(one, [{ event: { type: 'announced', id: 0 } }], { firstSeq: seq }),
    );
    await writeTestCall(db, {
      events: [],
      summaries: batches.flatMap((batch) => batch.summaries),
      sms: [],
      recordings: [],
      callBacks: [],
      answers: [],
      contacts: [],
    });
    await quick.until((heard) => heard.some(({ calls }) => calls.some((one) => one.lastSeq >= seq)));
  }
  await writeTestCall(db, batchFor(call, [{ event: began(call) }]));
  await quick.until(() => quick.knows(call.callId));
  await db.deleteFrom('phone_number').execute();
  slow.response.resume();
  await slow.until((heard) => heard.filter(({ event }) => event === 'snapshot').length >= 2, 20_000);
  await slow.until(() => slow.knows(call.callId));
  expect(slow.heard.filter(({ event }) => event === 'calls').length).toBeLessThan(rounds);
});

test('the open stream of a person who is suspended ends', async () => {
  const stranger = await admin.enter('staff', 'leaver@example.jp');
  const browser = await Browser.open({ cookie: stranger.cookie });
  await browser.until(snapshotCame);
  const stays = await Browser.open();
  await stays.until(snapshotCame);
  await admin.auth.setSuspended(stranger.userId, true, null);
  await browser.ended;
  const call = testCall();
  await writeTestCall(admin.database.db, batchFor(call, [{ event: began(call) }]));
  await stays.until(() => stays.knows(call.callId));
  expect(browser.knows(call.callId)).toBe(false);
});

test('the stream carries the same security headers as every other answer', async () => {
  const browser = await Browser.open();
  expect(browser.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'content-security-policy': expect.stringContaining("default-src 'self'"),
    'x-content-type-options': 'nosniff',
  });
});
