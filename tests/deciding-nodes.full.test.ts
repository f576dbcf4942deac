import { setTimeout as pause } from 'node:timers/promises';
import { type Calendar, CalendarSchema } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { END, oneFlow, sayMarker, severalFlows, textPrompt } from './setup/test-flows.ts';

/** 勤労感謝の日, a Monday, less than a minute before the counters open: most of it passes while the house starts (Japanese time). */
const START = '2026-11-23T08:44:20+09:00';
const DAY = '2026-11-23';
const MINUTE_MS = 60_000;

const OPENING = '0725000121';
const HOLIDAY = '0725000122';
const SPECIAL_DAY = '0725000123';
const CALLERS = '0725000124';
const VALUES = '0725000125';

const OPEN = 1;
const CLOSED = 2;
const allDay = [{ from: '00:00', to: '24:00' }];

let under: HouseUnderTest;
let sounds: PromptSounds;
let clockOffsetMs: number;
/** When the counters of `OPENING` open, by this machine's clock. */
let opensAtMs: number;

beforeAll(async () => {
  clockOffsetMs = Date.parse(START) - Date.now();
  under = await startHouseUnderTest({ clockOffsetMs });
  sounds = await openPromptSounds(under.house);
  await serveHours(HOLIDAY, calendar('holiday', { weekly: { monday: allDay } }));
  await serveHours(
    SPECIAL_DAY,
    calendar('special-day', { weekly: {}, days: [{ label: '休日開庁', date: DAY, hours: allDay }] }),
  );
  await under.serve(CALLERS, callers(), { list: { id: 'known', numbers: ['09000000129', '0265000129'] } });
  await under.serve(VALUES, values());
  // 08:45, or a later minute where the start took long: a call must fit in before it.
  const houseNow = Date.now() + clockOffsetMs + 8_000;
  opensAtMs = Math.ceil(houseNow / MINUTE_MS) * MINUTE_MS - clockOffsetMs;
  const from = new Date(opensAtMs + clockOffsetMs + 9 * 60 * MINUTE_MS).toISOString().slice(11, 16);
  const weekly = { monday: [{ from, to: '17:15' }] };
  await serveHours(OPENING, calendar('opening', { weekly, holidays: { rule: { type: 'asUsual' } } }));
}, 240_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

/** Days of the week that are not named are closed. */
function calendar(id: string, rules: { readonly weekly: object; readonly [rule: string]: object }): Calendar {
  const closed = {
    monday: [],
    tuesday: [],
    wednesday: [],
    thursday: [],
    friday: [],
    saturday: [],
    sunday: [],
  };
  return CalendarSchema.parse({ id, name: id, ...rules, weekly: { ...closed, ...rules.weekly } });
}

async function serveHours(number: string, hours: Calendar): Promise<void> {
  const flow = oneFlow(`hours-${hours.id}`, {
    hours: {
      kind: 'openingHours',
      title: '開庁時間',
      calendarId: hours.id,
      next: { open: 'open', closed: 'closed' },
    },
    open: sayMarker(OPEN, 'end'),
    closed: sayMarker(CLOSED, 'end'),
    end: END,
  });
  await under.serve(number, flow, { calendar: hours });
}

function callers() {
  const byKind = (id: string, kind: string) => ({ id, when: { type: 'kind', kinds: [kind] } });
  return oneFlow('callers', {
    who: {
      kind: 'callerCondition',
      title: '発信者',
      cases: [
        { id: 'known', when: { type: 'list', listId: 'known' } },
        byKind('mobile', 'mobile'),
        byKind('landline', 'landline'),
        byKind('withheld', 'withheld'),
      ],
      next: { known: 'm1', mobile: 'm2', landline: 'm3', withheld: 'm4', else: 'm5' },
    },
    m1: sayMarker(1, 'end'),
    m2: sayMarker(2, 'end'),
    m3: sayMarker(3, 'end'),
    m4: sayMarker(4, 'end'),
    m5: sayMarker(5, 'end'),
    end: END,
  });
}

/** 12 is more than 9 only as a number; the farewell in the other flow says a value that was made of another. */
function values() {
  return severalFlows('values', {
    main: {
      set: { kind: 'setVariable', title: '件数', variable: 'cases', value: '12', next: { next: 'compare' } },
      compare: {
        kind: 'variableCondition',
        title: '件数による',
        variable: 'cases',
        cases: [
          { id: 'few', test: { op: 'less', value: '9' } },
          { id: 'many', test: { op: 'greater', value: '9' } },
        ],
        next: { few: 'wrong', many: 'compose', else: 'wrong' },
      },
      compose: {
        kind: 'setVariable',
        title: '用件',
        variable: 'errand',
        value: '国民健康保険の届出{{cases}}',
        next: { next: 'other' },
      },
      other: { kind: 'goToFlow', title: '別のフローへ', flowId: 'other' },
      wrong: sayMarker(6, 'end'),
      end: END,
    },
    other: {
      which: {
        kind: 'variableCondition',
        title: '用件による',
        variable: 'errand',
        cases: [{ id: 'kept', test: { op: 'equals', value: '国民健康保険の届出12' } }],
        next: { kept: 'right', else: 'wrong' },
      },
      right: sayMarker(1, 'farewell'),
      farewell: { kind: 'end', title: '終わり', farewell: textPrompt('受付は{{cases|number}}件です。') },
      wrong: sayMarker(7, 'end'),
      end: END,
    },
  });
}

/** The markers that a call hears, up to its end. */
async function wayOfCall(to: string, from?: string): Promise<readonly number[]> {
  const call = await under.call(to, from);
  expect((await call.ended).by).toBe('them');
  return wayOf(call);
}

test.concurrent('a call before the opening minute hears that the counter is closed, one after it that it is open', async () => {
  const early = await under.call(OPENING);
  await early.answered;
  expect(Date.now()).toBeLessThan(opensAtMs);
  expect((await early.ended).by).toBe('them');
  expect(wayOf(early)).toEqual([CLOSED]);
  await pause(Math.max(0, opensAtMs + 50 - Date.now()));
  expect(await wayOfCall(OPENING)).toEqual([OPEN]);
}, 150_000);

test.concurrent('on a 祝日 the counter is closed although it would be open on that weekday', async () => {
  expect(await wayOfCall(HOLIDAY)).toEqual([CLOSED]);
});

test.concurrent('a special day that the city opens is open, though a 祝日 and a closed weekday', async () => {
  expect(await wayOfCall(SPECIAL_DAY)).toEqual([OPEN]);
});

test.concurrent('callers go the way of their number: list before kind, mobile, landline, withheld', async () => {
  const server = { host: '127.0.0.1', port: under.house.sipPort };
  const ordinary = ['09000000129', '0265000129', '09000000121', '0265000121'].map((from) =>
    wayOfCall(CALLERS, from),
  );
  // He stands in the list too, but asked his carrier not to tell (RFC 3323).
  const withheld = await under.citizen.call({ to: CALLERS, from: '09000000129', privacy: 'id', server });
  await withheld.ended;
  expect(await Promise.all(ordinary)).toEqual([[1], [1], [2], [3]]);
  expect(wayOf(withheld)).toEqual([4]);
});

test.concurrent('a value that was set decides the way, goes along into another flow and is said there', async () => {
  const call = await under.call(VALUES);
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([1]);
  const farewell = await sounds.of([
    { type: 'fixed', text: '受付は' },
    { type: 'value', name: 'cases', text: '12', readAs: 'number' },
    { type: 'fixed', text: '件です。' },
  ]);
  expect(await sounds.timesHeard(call.heard(), farewell)).toHaveLength(1);
});
