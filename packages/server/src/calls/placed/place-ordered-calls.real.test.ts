import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { SimulatedPlacingLine } from '../../line/index.ts';
import { claimOrder } from './orders.ts';
import { type OrderedCalls, placeOrderedCalls } from './place-ordered-calls.ts';

const NO_SOUNDS = { before: [], busy: [], unanswered: [], failed: [] };
let database: TestDatabase;
let running: OrderedCalls[];
/** Added to the wall clock. */
let offsetMs: number;

beforeEach(async () => {
  database = await createTestDatabase();
  running = [];
  offsetMs = 0;
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await database.drop();
});

const now = () => Date.now() + offsetMs;

/** A telephone process of its own. */
function telephoneProcess(callNode: string, line = new SimulatedPlacingLine()) {
  const calls = placeOrderedCalls({
    line,
    sounds: async () => NO_SOUNDS,
    db: database.db,
    clock: { ...systemClock, now },
    callNode,
    log: pino({ level: 'silent' }),
  });
  running.push(calls);
  return { line, calls };
}

async function order(): Promise<string> {
  const id = randomUUID();
  await database.db
    .insertInto('placed_call')
    .values({
      placed_call_id: id,
      person_id: randomUUID(),
      staff_number: '0725009001',
      citizen_number: '09000004321',
      presented_number: '0725001001',
      created_at: new Date(now()),
    })
    .execute();
  return id;
}

async function recorded(id: string) {
  return await database.db
    .selectFrom('placed_call')
    .select(['state', 'reason', 'call_node'])
    .where('placed_call_id', '=', id)
    .executeTakeFirstOrThrow();
}
const becomes = (id: string, state: object) =>
  expect.poll(() => recorded(id), { timeout: 20_000 }).toMatchObject(state);

test('of two telephone processes exactly one places a call, however often both are woken', async () => {
  const one = telephoneProcess('one');
  const other = telephoneProcess('other');
  const ids = await Promise.all(Array.from({ length: 20 }, order));
  for (let nth = 0; nth < 10; nth++) for (const { calls } of [one, other]) calls.wake();
  await expect
    .poll(() => [...one.line.orders, ...other.line.orders].length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(ids.length);
  await Promise.all(running.map((each) => each.stop()));
  const placed = [...one.line.orders, ...other.line.orders].map(({ id }) => id);
  expect(placed.toSorted()).toEqual(ids.toSorted());
});

test('an order that one process is just claiming is passed over by another, which takes the next', async () => {
  const [id, next] = [await order(), await order()];
  await database.db.transaction().execute(async (trx) => {
    expect(await claimOrder(trx, { callNode: 'one', now: now() })).toMatchObject({ id });
    expect(await claimOrder(database.db, { callNode: 'other', now: now() })).toMatchObject({ id: next });
    expect(await claimOrder(database.db, { callNode: 'other', now: now() })).toBeNull();
  });
  expect(await recorded(id)).toMatchObject({ call_node: 'one' });
});

test('an order that nobody took for twenty seconds is never dialled', async () => {
  const late = await order();
  offsetMs = 20_000;
  const { line, calls } = telephoneProcess('one');
  calls.wake();
  await becomes(late, { state: 'failed', reason: 'expired' });
  const fresh = await order();
  calls.wake();
  await becomes(fresh, { state: 'ringingStaff' });
  expect(line.orders.map(({ id }) => id)).toEqual([fresh]);
});

test('what becomes of a call is written down, and an end stays the end', async () => {
  const { line, calls } = telephoneProcess('one');
  const id = await order();
  calls.wake();
  await becomes(id, { state: 'ringingStaff', call_node: 'one' });
  line.tell({ type: 'ringingCitizen', id });
  await becomes(id, { state: 'ringingCitizen' });
  line.tell({ type: 'failed', id, reason: 'citizenBusy' });
  line.tell({ type: 'talking', id });
  const last = await order();
  calls.wake();
  await becomes(last, { state: 'ringingStaff' });
  line.tell({ type: 'lost', id: last });
  await becomes(last, { state: 'unknown' });
  expect(await recorded(id)).toMatchObject({ state: 'failed', reason: 'citizenBusy' });
});

test('after a restart a talk goes on and what was ringing is unknown; neither is dialled again', async () => {
  const before = telephoneProcess('one');
  const [talking, ringing] = [await order(), await order()];
  before.calls.wake();
  await becomes(ringing, { state: 'ringingStaff' });
  before.line.tell({ type: 'talking', id: talking });
  await becomes(talking, { state: 'talking' });
  await before.calls.stop();
  const line = new SimulatedPlacingLine();
  // As the real line has it after a restart: talks alone.
  line.placedCallIds.add(talking);
  const after = telephoneProcess('one', line);
  const other = telephoneProcess('other');
  other.calls.wake();
  after.calls.wake();
  await becomes(ringing, { state: 'unknown' });
  expect(await recorded(talking)).toMatchObject({ state: 'talking' });
  line.tell({ type: 'ended', id: talking, by: 'citizen' });
  await becomes(talking, { state: 'ended' });
  expect([...line.orders, ...other.line.orders]).toEqual([]);
});

test('a stop that was asked for reaches the line of the process that has the call', async () => {
  const { line, calls } = telephoneProcess('one');
  const id = await order();
  calls.wake();
  await becomes(id, { state: 'ringingStaff' });
  await database.db.updateTable('placed_call').set({ stop_asked_at: new Date() }).execute();
  calls.wake();
  await becomes(id, { state: 'failed', reason: 'stopped' });
  expect(line.ended).toEqual([id]);
});
