import { expect, test } from 'vitest';
import { CalendarSchema, WEEKDAYS } from '../calendar/calendar.ts';
import { defaultHolidays } from '../calendar/holidays.ts';
import type { CallEvent, Key } from '../event.ts';
import { advance, begin, type StampedEvent } from '../interpreter.ts';
import { pastCallOf } from '../testing/past-call-of.ts';
import { ends, runnableOf, say } from '../testing/test-bundle.ts';
import { context } from '../testing/test-call.ts';
import type { HouseView } from '../trial/house-view.ts';
import { replayer } from './replay-call.ts';

const always = [{ from: '00:00', to: '24:00' }];
const house: HouseView = {
  calendars: [
    CalendarSchema.parse({
      id: 'city',
      name: '市役所',
      weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, always])),
    }),
  ],
  holidays: defaultHolidays,
  standsOn: () => null,
};

const menu = {
  kind: 'menu',
  title: '用件の選択',
  prompt: say('資格は1を、賦課は2を、職員とお話しの方は9を押してください。'),
  choices: [
    { key: '1', label: '資格' },
    { key: '2', label: '賦課' },
    { key: '9', label: '職員' },
  ],
  next: { 'key:1': 'shikaku', 'key:2': 'fuka', 'key:9': 'staff', wrongKey: 'bye', noKey: 'message' },
};
const guide = (title: string, next = 'bye') => ({
  kind: 'announcement',
  title,
  prompt: say(`${title}です。`),
  answersCaller: true,
  next: { next },
});
const staff = {
  kind: 'transfer',
  title: '担当へ転送',
  targets: [{ to: '0725-00-2001', ringTimeoutMs: 20_000 }],
  next: { busy: 'message', unanswered: 'message', failed: 'message', ended: 'hangUp' },
};
const message = {
  kind: 'voicemail',
  title: '伝言',
  notice: say('ご用件を録音します。'),
  next: { recorded: 'bye', empty: 'bye' },
};
const nodes = {
  hello: { kind: 'announcement', title: '挨拶', prompt: say('市役所です。'), next: { next: 'menu' } },
  menu,
  shikaku: guide('資格の案内'),
  fuka: guide('賦課の案内'),
  staff,
  message,
  ...ends,
};
const flow = runnableOf(nodes);

type Doing = Key | 'announced' | 'silence' | 'hangUp' | ((id: number) => CallEvent);

/** A call in which these things happen, a second after one another. */
function callWith(doings: readonly Doing[], through = flow) {
  let { state } = begin(through, context);
  const events: StampedEvent[] = [{ seq: 0, atMs: 0, event: { type: 'began', context } }];
  let orderedBy = 0;
  const add = (event: CallEvent, atMs: number): void => {
    const stamped = { seq: events.length, atMs, event };
    const step = advance(through, state, stamped);
    if (step.actions.some(({ type }) => ['transfer', 'sendSms', 'recordVoicemail'].includes(type)))
      orderedBy = stamped.seq;
    events.push(stamped);
    state = step.state;
  };
  add({ type: 'answered' }, 500);
  for (const doing of doings) {
    const atMs = state.lastAtMs + 1_000;
    if (doing === 'silence') add({ type: 'timePassed' }, state.deadlineMs ?? atMs);
    else if (doing === 'announced') add({ type: 'announced', id: state.prompt?.id ?? -1 }, atMs);
    else if (doing === 'hangUp') add({ type: 'callerHungUp', q850Cause: 16 }, atMs);
    else if (typeof doing === 'function') add(doing(orderedBy), atMs);
    else add({ type: 'keyPressed', key: doing }, atMs);
  }
  if (state.ended === null) add({ type: 'hungUp' }, state.lastAtMs + 200);
  return pastCallOf(through, events);
}

const answered = (id: number): CallEvent => ({ type: 'transferAnswered', id, target: 0 });
const unanswered = (id: number): CallEvent => ({
  type: 'transferFailed',
  id,
  reason: 'unanswered',
  sipCode: null,
  q850Cause: null,
});
const staffHangsUp = (id: number): CallEvent => ({ type: 'transferEnded', id, by: 'staff' });
const message9s = (id: number): CallEvent => ({
  type: 'voicemailRecorded',
  id,
  durationMs: 9_000,
  endedBy: 'silence',
});

const asked: readonly Doing[] = ['announced', 'announced'];
const forShikaku = callWith([...asked, '1', 'announced', 'announced']);
const forStaff = callWith([...asked, '9', answered, staffHangsUp]);
const unreached = callWith([...asked, '9', unanswered, 'announced', message9s, 'announced']);
const gaveUp = callWith([...asked, 'hangUp']);
const silent = callWith([...asked, 'silence', 'announced', 'silence', 'announced', message9s, 'announced']);
const ahead = callWith(['1', 'announced', 'announced']);

type Nodes = Readonly<Record<string, object>>;
function replay(call: ReturnType<typeof callWith>, changed: Nodes) {
  const { after } = replayer(flow, runnableOf({ ...nodes, ...changed }), house)(call);
  return {
    outcome: after.outcome,
    way: after.taken.map(({ nodeId, branch }) => `${nodeId}:${branch}`).join(' '),
    doubt: after.doubt === null ? null : `${after.doubt.nodeId} ${after.doubt.reason}`,
    assumedSms: after.assumedSms,
  };
}

test('the calls of these tests came to what they are named for', () => {
  const all = [forShikaku, forStaff, unreached, gaveUp, silent, ahead];
  expect(all.map(({ outcome }) => outcome)).toEqual([
    'announcement',
    'transfer',
    'voicemail',
    'abandoned',
    'voicemail',
    'announcement',
  ]);
});

test('other words, and an announcement more, change nothing for anybody', () => {
  const reworded = { ...menu, prompt: say('ご用件をお選びください。1は資格、2は賦課、9は職員です。') };
  const welcome = {
    kind: 'announcement',
    prompt: say('お電話ありがとうございます。'),
    next: { next: 'menu' },
  };
  const hello = { ...nodes.hello, next: { next: 'welcome' } };
  for (const call of [forShikaku, forStaff, unreached, gaveUp, silent, ahead]) {
    expect(replay(call, { menu: reworded })).toMatchObject({ outcome: call.outcome, doubt: null });
    expect(replay(call, { hello, welcome })).toMatchObject({ outcome: call.outcome, doubt: null });
  }
});

test('a choice that leads elsewhere is followed there', () => {
  const rerouted = { ...menu, next: { ...menu.next, 'key:1': 'fuka' } };
  expect(
    replay(forShikaku, { menu: { ...rerouted, next: { ...rerouted.next, 'key:2': 'shikaku' } } }),
  ).toMatchObject({
    outcome: 'announcement',
    way: 'hello:next menu:key:1 fuka:next bye:end',
    doubt: null,
  });
});

test('a choice that moved to another key is followed there; a key that means something else is not', () => {
  const swapped = {
    ...menu,
    prompt: say('賦課は1を、資格は2を、職員とお話しの方は9を押してください。'),
    choices: [
      { key: '2', label: '資格' },
      { key: '1', label: '賦課' },
      { key: '9', label: '職員' },
    ],
    next: { ...menu.next, 'key:1': 'fuka', 'key:2': 'shikaku' },
  };
  expect(replay(forShikaku, { menu: swapped }).way).toBe('hello:next menu:key:2 shikaku:next bye:end');
  expect(replay(ahead, { menu: swapped }).way).toBe('hello:next menu:key:2 shikaku:next bye:end');
  const other = {
    ...menu,
    prompt: say('証明書は1を、賦課は2を、職員とお話しの方は9を押してください。'),
    choices: [{ key: '1', label: '証明書' }, ...menu.choices.slice(1)],
    next: { ...menu.next, 'key:1': 'fuka' },
  };
  expect(replay(forShikaku, { menu: other, fuka: guide('賦課の案内', 'shikaku') }).doubt).toBe(
    'menu meaningChanged',
  );
  expect(replay(forStaff, { menu: swapped }).doubt).toBeNull();
});

test('a question that nobody was asked, or that is not put any more, leaves the call in doubt from there on', () => {
  const second = {
    ...menu,
    title: '資格の用件',
    prompt: say('加入は1を、脱退は2を押してください。'),
    choices: [
      { key: '1', label: '加入' },
      { key: '2', label: '脱退' },
    ],
    next: { 'key:1': 'shikaku', 'key:2': 'fuka', wrongKey: 'bye', noKey: 'bye' },
  };
  const withSecond = { menu: { ...menu, next: { ...menu.next, 'key:1': 'second' } }, second };
  expect(replay(forShikaku, withSecond)).toMatchObject({
    outcome: null,
    way: 'hello:next menu:key:1',
    doubt: 'second newQuestion',
  });
  expect(replay(ahead, withSecond).doubt).toBe('second newQuestion');
  expect(replay(forStaff, withSecond)).toMatchObject({ outcome: 'transfer', doubt: null });
  const { 'key:1': _removed, ...next } = menu.next;
  const fewer = {
    ...menu,
    next,
    choices: menu.choices.slice(1),
    prompt: say('賦課は2を、職員は9を押してください。'),
  };
  expect(replay(forShikaku, { menu: fewer, fuka: guide('賦課の案内', 'shikaku') }).doubt).toBe(
    'menu choiceRemoved',
  );
});

test('staff telephones answer as they did; one that was not rung, or rings longer than it did in vain, leaves a doubt', () => {
  const elsewhere = { ...staff, targets: [{ to: '0725-00-2002' }] };
  expect(replay(forStaff, { staff: elsewhere }).doubt).toBe('staff transfer');
  const renamed = {
    menu: { ...menu, next: { ...menu.next, 'key:9': 'desk' } },
    desk: staff,
    staff: nodes.fuka,
    fuka: { ...nodes.fuka, next: { next: 'staff' } },
  };
  expect(replay(forStaff, renamed)).toMatchObject({
    outcome: 'transfer',
    way: 'hello:next menu:key:9 desk:ended hangUp:end',
  });
  const longer = { ...staff, targets: [{ to: '0725-00-2001', ringTimeoutMs: 60_000 }] };
  expect(replay(forStaff, { staff: longer }).outcome).toBe('transfer');
  expect(replay(unreached, { staff: longer }).doubt).toBe('staff transfer');
});

test('who did nothing does nothing however often he is asked; who is asked less often goes on sooner', () => {
  const often = { ...menu, noKey: { retries: 4, prompt: null } };
  expect(replay(silent, { menu: often })).toMatchObject({ outcome: 'voicemail', doubt: null });
  const never = { ...menu, noKey: { retries: 0, prompt: null } };
  expect(replay(silent, { menu: never })).toMatchObject({ outcome: 'voicemail', doubt: null });
});

test('a text that was not sent then is taken to be accepted, and said so', () => {
  const text = {
    kind: 'sms',
    to: { type: 'caller' },
    text: 'ご案内です。',
    next: { accepted: 'bye', notMobile: 'bye', refused: 'bye', unknown: 'bye' },
  };
  const withText = { shikaku: guide('資格の案内', 'text'), text };
  expect(replay(forShikaku, withText)).toMatchObject({ outcome: 'sms', assumedSms: true });
});

test('a calendar that was not asked then answers as it stands now for the moment of the call', () => {
  const hours = { kind: 'openingHours', calendarId: 'city', next: { open: 'menu', closed: 'message' } };
  const hello = { ...nodes.hello, next: { next: 'hours' } };
  expect(replay(forShikaku, { hello, hours })).toMatchObject({ outcome: 'announcement', doubt: null });
});

test('who hung up in what is not said any more might have hung up in what he would hear in its place', () => {
  const impatient = callWith(['hangUp']);
  const greeting = {
    kind: 'announcement',
    title: '新しい挨拶',
    prompt: say('ようこそ。'),
    next: { next: 'bye' },
  };
  const draft = { kind: 'announcement', prompt: say('始めます。'), next: { next: 'greeting' } };
  const { after } = replayer(flow, runnableOf({ start: draft, greeting, bye: ends.bye }), house)(impatient);
  expect(after.doubt?.nodeId).toBe('start');
  expect(after.taken).toEqual([]);
});

test('a secret that was keyed in is known to nobody', () => {
  const sealed = { ...forShikaku, events: forShikaku.events.slice(0, 4), sealed: true };
  const { after } = replayer(flow, flow, house)(sealed);
  expect(after).toMatchObject({ outcome: null, doubt: { nodeId: 'menu', reason: 'sealed' } });
});
