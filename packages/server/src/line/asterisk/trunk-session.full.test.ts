import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterAll(() => world?.close());

test('a session whose refresher falls silent is ended before it runs out, and its line is free (90 s, RFC 4028 section 10)', async () => {
  const began = performance.now();
  const { call } = await world.answeredCall({
    headers: [
      ['Supported', 'timer'],
      ['Session-Expires', '90;refresher=uac'],
      ['Min-SE', '90'],
    ],
  });
  expect(await call.ended).toMatchObject({ by: 'them' });
  // The one who does not refresh gives up at the latest when the session runs out, and not much before a third of it is left.
  const lastedS = (performance.now() - began) / 1000;
  expect(lastedS).toBeGreaterThan(50);
  expect(lastedS).toBeLessThan(100);
  await expect.poll(() => world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
}, 300_000);

test('a session that is shorter than RFC 4028 allows is refused with what we allow', async () => {
  const sip: string[] = [];
  const call = await world.call({
    by: { onSip: (_, text) => sip.push(text) },
    headers: [
      ['Supported', 'timer'],
      ['Session-Expires', '60;refresher=uac'],
    ],
  });
  expect(await call.outcome).toMatchObject({ answered: false, sipCode: 422 });
  expect(sip.join('')).toMatch(/^Min-SE: 90\r$/m);
});
