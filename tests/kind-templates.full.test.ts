import { bundleOfFlows, eligibilityTemplate, exampleParameters } from '@madoguchi/flow';
import type { IncomingCall, PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { sampleCalendar } from '../packages/server/src/flows/index.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';

/** The template as a city gets it, with its ten seconds for each key, and a caller whose telephone has no keys. A Tuesday, Japanese time. */
const OPEN_AT = '2026-11-24T10:00:00+09:00';
const OPEN = '0725000164';
const CLOSED = '0725000165';
const STAFF = '0725009164';
const STAFF_SAYS = { marker: 21 };
/** What Asterisk plays when it begins to record. */
const BEEP = { toneHz: 1_000 };
/** The greeting, the menu twice with ten seconds after each, and what follows: about 110 s. */
const SILENT_WAY_MS = 240_000;
const LIMIT = { timeout: 400_000 };

const templateFor = (bundleId: string, calendarId: string) =>
  bundleOfFlows(
    bundleId,
    eligibilityTemplate.make({
      ...exampleParameters(eligibilityTemplate),
      calendarId,
      staffNumber: STAFF,
    }),
  );
const NodeSchema = z.object({ prompt: z.object({ text: z.string() }) });

let under: HouseUnderTest;
let sounds: PromptSounds;
const staffRang = Promise.withResolvers<IncomingCall>();

beforeAll(async () => {
  under = await startHouseUnderTest({ clockOffsetMs: Date.parse(OPEN_AT) - Date.now() });
  sounds = await openPromptSounds(under.house);
  under.staff.onIncoming(async (call) => {
    staffRang.resolve(call);
    call.ring();
    await call.answer();
    void call.play(STAFF_SAYS);
  });
  const weekdays = sampleCalendar();
  const closedToday = {
    ...weekdays,
    id: 'closed-today',
    days: [{ label: '臨時の閉庁', date: OPEN_AT.slice(0, 10), hours: [] }],
  };
  await under.serve(OPEN, templateFor('open', weekdays.id), { calendar: weekdays });
  await under.serve(CLOSED, templateFor('closed', closedToday.id), { calendar: closedToday });
}, 300_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

async function timesHeard(call: PlacedCall, nodeId: string): Promise<number> {
  const { flows, entryFlowId } = templateFor('expected', 'any');
  const { prompt } = NodeSchema.parse(flows[entryFlowId]?.nodes[nodeId]);
  // Its first sentence: the last one is that of every menu.
  const [first = new Int16Array()] = await sounds.of(prompt.text);
  return await sounds.timesRecognised(call.heard(), first);
}

test.concurrent(
  'a silent caller of the template hears its menu twice and is answered by staff',
  LIMIT,
  async () => {
    const call = await under.call(OPEN);
    await call.waitForTone(STAFF_SAYS, { timeoutMs: SILENT_WAY_MS });
    await call.hangUp();
    expect((await staffRang.promise).to.user).toBe(STAFF);
    expect(await timesHeard(call, 'mainMenu')).toBe(2);
    expect(await timesHeard(call, 'closedMenu')).toBe(0);
  },
);

test.concurrent(
  'a silent caller of the template who finds it closed hears its menu twice and may leave a message',
  LIMIT,
  async () => {
    const call = await under.call(CLOSED);
    await call.waitForTone(BEEP, { timeoutMs: SILENT_WAY_MS });
    await call.hangUp();
    expect(await timesHeard(call, 'closedMenu')).toBe(2);
    expect(await timesHeard(call, 'mainMenu')).toBe(0);
  },
);
