import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallOptions, PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { wayOf } from './setup/caller-acts.ts';
import { engineEmpty, telephoneParts } from './setup/engine-state.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { rudeUdpSender, sendByTcp } from './setup/rude-sender.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { tortureMessages } from './setup/torture-messages.ts';

const LONG = '0725000201';
const SHORT = '0725000202';
const LONG_WAY = [0, 1, 2, 3, 4, 5, 6, 7] as const;

vi.setConfig({ testTimeout: 240_000 });

let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  const nodes = LONG_WAY.map((marker) => [`say${marker}`, sayMarker(marker, `say${marker + 1}`)]);
  await under.serve(LONG, oneFlow('long', { ...Object.fromEntries(nodes), [`say${LONG_WAY.length}`]: END }));
  await under.serve(SHORT, oneFlow('short', { first: sayMarker(1, 'end'), end: END }));
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

/** Whoever calls now is answered and hears the flow to its end. */
async function isServed(options: Partial<CallOptions> = {}): Promise<PlacedCall> {
  const server = { host: '127.0.0.1', port: under.house.sipPort };
  const call = await under.citizen.call({ to: SHORT, from: '09000000002', server, ...options });
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([1]);
  return call;
}

/** A call goes on, undisturbed, while `trouble` is made; the next one is served by the same processes. */
async function goesOnThrough(trouble: () => Promise<void>): Promise<void> {
  const parts = telephoneParts(under);
  const call = await under.call(LONG);
  await call.waitForTone({ marker: 0 }, { timeoutMs: 30_000 });
  await trouble();
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual(LONG_WAY);
  expect(call.rtpStats().lost).toBe(0);
  await isServed();
  expect(telephoneParts(under)).toEqual(parts);
  await engineEmpty(under);
}

test('torture messages by UDP disturb neither the call that goes on nor the next one', async () => {
  const sender = await rudeUdpSender(under.house.sipPort);
  await goesOnThrough(async () => {
    for (const { bytes } of tortureMessages(`127.0.0.1:${under.house.sipPort}`, sender.address)) {
      await sender.send(bytes);
      await pause(20);
    }
  });
  sender.close();
  // They were read, not thrown away at the door: what is wrong is refused, what is right is taken.
  expect(sender.answers).toContain(200);
  expect(sender.answers.some((status) => status >= 400 && status < 500)).toBe(true);
});

test('torture messages by TCP disturb neither the call that goes on nor the next one', async () => {
  const messages = tortureMessages(`127.0.0.1:${under.house.sipPort}`, '127.0.0.1:5099');
  await goesOnThrough(async () => {
    for (const { bytes } of messages) {
      const text = bytes.toString('latin1').replaceAll('SIP/2.0/UDP', 'SIP/2.0/TCP');
      await sendByTcp(Buffer.from(text, 'latin1'), under.house.sipPort);
    }
  });
});

test('calls of SIPp with a broken description of sound are refused and disturb nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-sipp-'));
  const scenario = join(import.meta.dirname, 'setup/malformed-sipp.xml');
  await goesOnThrough(async () => {
    const target = `127.0.0.1:${under.house.sipPort}`;
    const sipp = spawn(
      process.env['MADOGUCHI_SIPP'] ?? 'sipp',
      [
        '-i',
        '127.0.0.1',
        '-nostdin',
        '-timeout',
        '60s',
        '-sf',
        scenario,
        '-s',
        SHORT,
        '-m',
        '30',
        '-r',
        '15',
        target,
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    expect(await once(sipp, 'exit')).toEqual([0, null]);
  });
  await rm(folder, { recursive: true, force: true });
});

/** What Asterisk's own language would take for a variable. */
const variable = (text: string) => `$\{${text}`;
const CALLER = '09000000039';
test.concurrent.each([
  ['the beginning of a variable', { displayName: `${variable('SHELL(id)}')}${variable('EXTEN')}` }],
  ['the beginning of an expression', { displayName: '$[1 + 1]]]$[' }],
  ['commas and quotes', { displayName: 'a","b\\", |&;,,' }],
  ['a bracket that closes what nobody opened', { displayName: 'x) : 3:2 )) (' }],
  ['a bracket that is never closed', { displayName: '((( a:1' }],
  ['Japanese words', { displayName: '泉市　山田（太郎）' }],
  ['escaped letters', { displayName: '%00%0a%2C%7D%' }],
  [
    'diversions that are none',
    {
      headers: [
        ['Diversion', `<<<">;;,,%00${variable('x}')}\\"`],
        ['Diversion', ') : 2'],
      ],
    },
  ],
  [
    'a history that is none',
    { headers: [['History-Info', '<sip:%00@x?Reason=%3B)(,>;index=1.1.9999999999,,"']] },
  ],
  ['a called party that is none', { headers: [['P-Called-Party-ID', `"${variable('"')}<sip:,)(@>`]] }],
  ['a long diversion', { headers: [['Diversion', `"${'あ'.repeat(300)}" <sip:0725000299@x>`]] }],
] satisfies readonly (readonly [string, Partial<CallOptions>])[])(
  'a caller is served and shown by his number, whatever else his telephone says: %s',
  async (_, options) => {
    const call = await isServed({ from: CALLER, ...options });
    const summary = await summaryOf(under.database.db, call.sipCallId, { ended: true });
    expect(summary).toMatchObject({
      caller_number: CALLER,
      phone_number: SHORT,
      outcome: 'announcement',
    });
  },
);

test.concurrent.each([
  ['a NUL in it', 'sip:090%000000039@example.jp'],
  ['the language of the engine in it', 'sip:%24%7BEXTEN%7D%2C%29%28@example.jp'],
] as const)(
  'a caller number that is none (%s) is shown as unknown, and the call is served',
  async (_, from) => {
    const call = await isServed({ from });
    const summary = await summaryOf(under.database.db, call.sipCallId, { ended: true });
    expect(summary).toMatchObject({ caller_number: null, phone_number: SHORT });
  },
);

test.concurrent('a display name of two thousand letters hides neither the call nor its number', async () => {
  const call = await isServed({ from: CALLER, displayName: 'x'.repeat(2_000) });
  const summary = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  expect(summary).toMatchObject({ caller_number: CALLER, phone_number: SHORT });
});

test.concurrent('a bracket in the name does not hide the number that the carrier asserts', async () => {
  const call = await isServed({
    from: '09000000038',
    headers: [['P-Asserted-Identity', `"x) : 3" <sip:${CALLER}@example.jp>`]],
  });
  const summary = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  expect(summary.caller_number).toBe(CALLER);
});
