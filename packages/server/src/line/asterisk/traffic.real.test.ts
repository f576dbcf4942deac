import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

/**
 * What a call costs between us and the engine, in counts, which no load of the machine changes: many calls at once pay it many times. A
 * change that makes a call dearer has to say so here.
 */
let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterAll(() => world.close());

/** What carriers add to an INVITE: numbers in several headers, all of which travel with every event of the call. */
const CARRIER_HEADERS = [
  ['P-Asserted-Identity', '<sip:09000000001@carrier.example;user=phone>'],
  ['P-Called-Party-ID', '<sip:0725001001@carrier.example;user=phone>'],
  ['Diversion', '<sip:0725001001@carrier.example>;reason=unconditional;counter=1'],
] as const;

type Cost = { readonly requests: number; readonly events: number; readonly eventChars: number };

/** A call that hears a greeting, a menu that its key cuts short, and an answer, and is hung up. */
async function costOfCall(headers: typeof CARRIER_HEADERS | readonly [] = []): Promise<Cost> {
  const requests = world.line.requestCount;
  const { count, chars } = world.line.eventsReceived;
  const { callId, call } = await world.answeredCall({ headers });
  await world.line.announce(callId, 1, [await world.sound(1, 200)]);
  await world.events.next('announced');
  await world.line.announce(callId, 2, [await world.sound(2, 20_000)]);
  await call.waitForTone({ marker: 2 }, { timeoutMs: 20_000 });
  await call.press('5');
  await world.events.next('keyPressed');
  void world.line.stopAnnouncing(callId);
  await world.line.announce(callId, 3, [await world.sound(3, 200)]);
  await world.events.next('announced');
  await world.events.next('announced');
  await world.line.hangUp(callId);
  await call.ended;
  await world.events.next('hungUp');
  const now = world.line.eventsReceived;
  return {
    requests: world.line.requestCount - requests,
    events: now.count - count,
    eventChars: now.chars - chars,
  };
}

test('a call with a greeting, a menu and an answer takes six requests and eight events', async () => {
  const { requests, events, eventChars } = await costOfCall();
  // Answer, three announcements, the menu cut short, hang-up.
  expect(requests).toBe(6);
  // Offered, answered, a key, three ends of announcements, hang-up, gone.
  expect(events).toBeLessThanOrEqual(8);
  expect(eventChars).toBeLessThan(5_500);
});

test('a call of a carrier that writes many headers takes no more of either, and events twice as long at most', async () => {
  const { requests, events, eventChars } = await costOfCall(CARRIER_HEADERS);
  expect(requests).toBe(6);
  expect(events).toBeLessThanOrEqual(8);
  expect(eventChars).toBeLessThan(11_000);
});
