import { afterAll, beforeAll, expect, test } from 'vitest';
import { summaryOf } from './setup/records.ts';
import {
  callKeyedAhead,
  callWithWrongTry,
  closeSecretHouse,
  db,
  expectNoTrace,
  expectNoTraceAnywhere,
  get,
  live,
  openSecretHouse,
} from './setup/secret-house.ts';

beforeAll(openSecretHouse, 240_000);
afterAll(closeSecretHouse);

test('a birth date, keyed ahead or after a wrong try, is read back to the caller and lies open nowhere', async () => {
  const calls = await Promise.all([callKeyedAhead(), callWithWrongTry()]);
  for (const call of calls) {
    const { call_id, keys, outcome } = await summaryOf(db, call.sipCallId, { ended: true });
    expect(outcome).toBe('announcement');
    expect(keys).toMatch(/^●+$/);
    const story = await get(`/api/calls/${call_id}`);
    expect(story).toContain('「●」が押されました');
    expectNoTrace({ story });
  }
  expect(await live.heard('●●●●●●●●●')).toBe(true);
  await expectNoTraceAnywhere();
}, 120_000);
