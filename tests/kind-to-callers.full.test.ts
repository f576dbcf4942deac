import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CalendarSchema, type SayPart, type Speed } from '@madoguchi/flow';
import { findMarkers, type IncomingCall, type PlacedCall, readWav } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEARING_LIMIT_MS, soundOfCall, wayOf } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, MARKER_MS, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { readyRecording, summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker, sayText, severalFlows, textPrompt } from './setup/test-flows.ts';

const SLOWER = '0725000161';
const OPEN = '0725000162';
const CLOSED = '0725000163';
const STAFF = '0725009162';
const CITIZEN_SAYS = { marker: 20 };
const STAFF_SAYS = { marker: 21 };
/** What Asterisk plays when it begins to record. */
const BEEP = { toneHz: 1_000 };

const ASK = '窓口のご案内は1を、ゆっくりお聞きになる方は8を押してください。';
const TOLD = '国民健康保険の窓口は、市役所の本館の二階にございますので、階段の右手へお進みください。';
const NUMBER: readonly SayPart[] = [
  { type: 'fixed', text: 'お電話番号は、' },
  { type: 'value', name: 'callerNumber', text: CITIZEN, readAs: 'telephone' },
];
const FAREWELL = '本日は、見本市役所の国民健康保険の担当にお電話をくださいまして、ありがとうございました。';
const QUESTION = 'ご用件は1を押してください。';
const NOTHING = '番号が押されませんでした。';
const NIGHT = '伝言の方は1を押してください。';

/** Searching the received sound for every announcement at both paces takes its time on a busy machine. */
const LIMIT = { timeout: 180_000 };

let under: HouseUnderTest;
let sounds: PromptSounds;
const staffRang = Promise.withResolvers<IncomingCall>();

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  under.staff.onIncoming(async (call) => {
    staffRang.resolve(call);
    call.ring();
    await call.answer();
    void call.play(STAFF_SAYS);
  });
  await under.serve(SLOWER, slowerFlow());
  await under.serve(OPEN, silentFlow('open'), { calendar: calendar('open', '24:00') });
  await under.serve(CLOSED, silentFlow('closed'), { calendar: calendar('closed', null) });
}, 240_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

/** What follows the menu lies in another node, and then in another flow. */
function slowerFlow() {
  return severalFlows('slower', {
    main: {
      menu: {
        kind: 'menu',
        title: 'ご用件',
        prompt: textPrompt(ASK),
        choices: [{ key: '1' }],
        slowerKey: '8',
        next: { 'key:1': 'told', wrongKey: 'end', noKey: 'end' },
      },
      told: sayText(TOLD, { interruptible: false }, 'number'),
      number: sayText('お電話番号は、{{callerNumber}}', { interruptible: false }, 'other'),
      other: { kind: 'goToFlow', title: '別のフローへ', flowId: 'other' },
      end: END,
    },
    other: {
      recorded: sayMarker(1, 'bye'),
      bye: { kind: 'end', title: '終わり', farewell: textPrompt(FAREWELL) },
    },
  });
}

function silentFlow(bundleId: string) {
  const menu = (prompt: string, noKey: string) => ({
    kind: 'menu',
    title: 'ご用件',
    prompt: textPrompt(prompt),
    choices: [{ key: '1' }],
    noKey: { retries: 1, prompt: textPrompt(NOTHING) },
    timeoutMs: 3_000,
    next: { 'key:1': 'end', wrongKey: 'end', noKey },
  });
  return oneFlow(`silent-${bundleId}`, {
    hours: {
      kind: 'openingHours',
      title: '開庁時間',
      calendarId: bundleId,
      next: { open: 'menu', closed: 'night' },
    },
    menu: menu(QUESTION, 'staff'),
    staff: {
      kind: 'transfer',
      title: '職員',
      to: STAFF,
      next: { busy: 'end', unanswered: 'end', failed: 'end', ended: 'end' },
    },
    night: menu(NIGHT, 'message'),
    message: {
      kind: 'voicemail',
      title: '伝言',
      notice: textPrompt('伝言を録音します。'),
      maxSilenceMs: 2_000,
      next: { recorded: 'taken', empty: 'end' },
    },
    taken: sayMarker(2, 'end'),
    end: END,
  });
}

/** Open every day until `to`, or never. */
function calendar(id: string, to: string | null) {
  const hours = to === null ? [] : [{ from: '00:00', to }];
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  return CalendarSchema.parse({
    id,
    name: id,
    weekly: Object.fromEntries(days.map((day) => [day, hours])),
    holidays: { rule: { type: 'asUsual' } },
  });
}

/** Which of the announcements that follow the menu a caller heard at this pace. */
async function heardAt(heard: Int16Array, speed: Speed) {
  const isHeard = async (what: string | readonly SayPart[]) => {
    const clips = await sounds.of(what, speed);
    return (await sounds.timesRecognised(heard, clips.at(-1) ?? new Int16Array())) > 0;
  };
  return { told: await isHeard(TOLD), number: await isHeard(NUMBER), farewell: await isHeard(FAREWELL) };
}

/** Resolves once the menu is being said at this pace, from `sinceMs` of the call's clock on: a key counts in the middle of it. */
async function menuIsSaid(call: PlacedCall, speed: Speed, sinceMs = 0): Promise<void> {
  const [menu = new Int16Array()] = await sounds.of(ASK, speed);
  await sounds.beginningHeard(call, menu, sinceMs);
}

async function timesAsked(heard: Int16Array, question: string): Promise<number> {
  const [clip = new Int16Array()] = await sounds.of(question);
  return await sounds.timesRecognised(heard, clip);
}

function markerMs(call: PlacedCall): number {
  const [marker] = call.heardMarkers;
  return marker === undefined ? 0 : marker.untilMs - marker.atMs;
}

test.concurrent(
  'a caller who asks for a slower voice hears the menu again and all that follows slower: values, other flows and uploaded sounds too',
  LIMIT,
  async () => {
    const call = await under.call(SLOWER);
    await menuIsSaid(call, 'usual');
    let pressedAtMs = (await call.press('8')).endedAtMs;
    // Again and again: it is no mistake.
    for (const key of ['8', '8', '1']) {
      await menuIsSaid(call, 'slower', pressedAtMs);
      pressedAtMs = (await call.press(key)).endedAtMs;
    }
    const heard = await soundOfCall(call);
    expect(await heardAt(heard, 'usual')).toEqual({ told: false, number: false, farewell: false });
    expect(await heardAt(heard, 'slower')).toEqual({ told: true, number: true, farewell: true });
    expect(wayOf(call)).toEqual([1]);
    expect(markerMs(call)).toBeGreaterThan(MARKER_MS * 1.15);
  },
);

test.concurrent('a caller who does not ask for it hears everything at the usual pace', LIMIT, async () => {
  const call = await under.call(SLOWER);
  await menuIsSaid(call, 'usual');
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(await heardAt(heard, 'usual')).toEqual({ told: true, number: true, farewell: true });
  expect(await heardAt(heard, 'slower')).toEqual({ told: false, number: false, farewell: false });
  expect(markerMs(call)).toBeLessThan(MARKER_MS * 1.1);
});

test.concurrent(
  'in opening hours a caller who presses nothing hears the menu twice, and then the telephone of staff rings',
  LIMIT,
  async () => {
    const call = await under.call(OPEN);
    const staff = await staffRang.promise;
    expect(staff.to.user).toBe(STAFF);
    await call.waitForTone(STAFF_SAYS, { timeoutMs: HEARING_LIMIT_MS });
    await call.hangUp();
    expect((await staff.ended).by).toBe('them');
    const heard = call.heard();
    expect(await timesAsked(heard, QUESTION)).toBe(2);
    expect(await timesAsked(heard, NOTHING)).toBe(1);
  },
);

test.concurrent(
  'when it is closed a caller who presses nothing hears the menu twice, and then his message is kept',
  LIMIT,
  async () => {
    const call = await under.call(CLOSED);
    await call.waitForTone(BEEP, { timeoutMs: 2 * HEARING_LIMIT_MS });
    await pause(500);
    void call.play(CITIZEN_SAYS);
    await pause(2_500);
    void call.play('silence');
    const heard = await soundOfCall(call);
    expect(await timesAsked(heard, NIGHT)).toBe(2);
    expect(wayOf(call)).toEqual([2]);
    const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
    const { file_name } = await readyRecording(under.database.db, call_id);
    const file = await readFile(join(under.house.settings.recordingsDir, `${file_name}.wav`));
    const [message = new Int16Array()] = readWav(file).channels;
    expect(findMarkers(message).map(({ marker }) => marker)).toContain(CITIZEN_SAYS.marker);
  },
);
