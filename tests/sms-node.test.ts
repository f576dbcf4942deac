import { nationalDigits } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ReceivedText, ReceivedTextSchema } from '../packages/server/src/sms/index.ts';
import { afterMarker, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker, textPrompt } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const TO_CALLER = '0725000131';
const TO_KEYED = '0725000132';
const TextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

const [ACCEPTED, NOT_MOBILE, REFUSED, UNKNOWN] = [1, 2, 3, 4] as const;
const LIMIT_UNITS = 660;

/** 660 UTF-16 units as they arrive. 𠮷 takes two of them, and a text is cut into parts at odd places. */
const filling = '𠮷田市からのお知らせです。';
const beginning = '国民健康保険の届出は2026年3月31日まで、保険料は12,000円、お問い合わせは0725-00-0131へ。';
const arriving = `${beginning}${filling.repeat(40)}`.padEnd(LIMIT_UNITS, '。');
const template = arriving
  .replace('国民健康保険の届出', '{{errand}}')
  .replace('2026年3月31日', '{{until|date}}')
  .replace('12,000円', '{{premium|amount}}')
  .replace('0725-00-0131', '{{calledNumber}}');

const set = (variable: string, value: string, next: string) => ({
  kind: 'setVariable',
  title: variable,
  variable,
  value,
  next: { next },
});
const text = (to: object, body: string) => ({
  kind: 'sms',
  title: 'SMS',
  to,
  text: body,
  waitMs: 5_000,
  next: { accepted: 'accepted', notMobile: 'notMobile', refused: 'refused', unknown: 'unknown' },
});
const ways = {
  accepted: sayMarker(ACCEPTED, 'end'),
  notMobile: sayMarker(NOT_MOBILE, 'end'),
  refused: sayMarker(REFUSED, 'end'),
  unknown: sayMarker(UNKNOWN, 'end'),
  end: END,
};

let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    TO_CALLER,
    oneFlow('sms-caller', {
      errand: set('errand', '国民健康保険の届出', 'until'),
      until: set('until', '2026-03-31', 'premium'),
      premium: set('premium', '12000', 'sms'),
      sms: text({ type: 'caller' }, template),
      ...ways,
    }),
  );
  await under.serve(
    TO_KEYED,
    oneFlow('sms-keyed', {
      first: sayMarker(0, 'number'),
      number: {
        kind: 'digits',
        title: '携帯電話の番号',
        prompt: textPrompt('携帯電話の番号を押してください。'),
        variable: 'mobile',
        readAs: 'telephone',
        minLengthDigits: 11,
        maxLengthDigits: 11,
        next: { next: 'sms', wrong: 'end', none: 'end' },
      },
      sms: text({ type: 'variable', name: 'mobile' }, 'お申し込みの番号は{{mobile}}です。'),
      ...ways,
    }),
  );
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

/** What the SMSC put together for this telephone. */
async function textsTo(number: string): Promise<readonly ReceivedText[]> {
  const reply = await fetch(`${under.house.smscUrl}/texts?limit=10000`);
  const { texts } = TextsSchema.parse(await reply.json());
  return texts.filter(
    (each) => nationalDigits(each.to.startsWith('81') ? `+${each.to}` : each.to) === number,
  );
}

async function gateway(behaviour: object): Promise<void> {
  const reply = await fetch(`${under.house.smscUrl}/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(behaviour),
  });
  expect(reply.status).toBe(200);
}

async function wayOfCall(
  from: string,
): Promise<{ readonly way: readonly number[]; readonly outcome: string | null }> {
  const call = await under.call(TO_CALLER, from);
  expect((await call.ended).by).toBe('them');
  const { outcome } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  return { way: wayOf(call), outcome };
}

async function stateOf(number: string): Promise<string | null> {
  const rows = await under.database.db
    .selectFrom('sms_message')
    .select('state')
    .where('to_number', '=', number)
    .execute();
  expect(rows).toHaveLength(1);
  return rows[0]?.state ?? null;
}

test('660 full-width characters with values in them arrive as one text on the telephone of the caller', async () => {
  const citizen = '09000000131';
  expect(arriving).toHaveLength(LIMIT_UNITS);
  expect(await wayOfCall(citizen)).toEqual({ way: [ACCEPTED], outcome: 'sms' });
  const received = await textsTo(citizen);
  expect(received.map((each) => each.text)).toEqual([arriving]);
  expect(received[0]).toMatchObject({ partsWellFormed: true });
  await until('the receipt', async () => (await stateOf(citizen)) === 'delivered');
});

test('a caller from a landline goes the way of those without SMS, and nothing is sent', async () => {
  expect(await wayOfCall('0265000131')).toEqual({ way: [NOT_MOBILE], outcome: 'announcement' });
  expect(await textsTo('0265000131')).toEqual([]);
});

test('a caller from a landline gets the text on the mobile telephone that he keys in', async () => {
  const call = await under.call(TO_KEYED, '0265000132');
  await afterMarker(call, 0, 200);
  await call.pressAll('09000000132');
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([0, ACCEPTED]);
  const received = await textsTo('09000000132');
  expect(received.map((each) => each.text)).toEqual(['お申し込みの番号は090-0000-0132です。']);
});

test('a number that the gateway refuses goes the way of refusals and is recorded as refused', async () => {
  const citizen = '09000000133';
  await gateway({ refuse: [citizen, `81${citizen.slice(1)}`] });
  expect(await wayOfCall(citizen)).toEqual({ way: [REFUSED], outcome: 'announcement' });
  expect(await textsTo(citizen)).toEqual([]);
  expect(await stateOf(citizen)).toBe('refused');
});

test('where the gateway breaks off before its answer the call goes the way of unknown results, and the text is not sent a second time', async () => {
  const [citizen, next] = ['09000000134', '09000000135'];
  await gateway({ cutAtSubmit: 1 });
  expect((await wayOfCall(citizen)).way).toEqual([UNKNOWN]);
  expect(await stateOf(citizen)).toBe('unknown');
  // The connection is back once another caller's text is through; it would have taken the first along.
  await until(
    'a text by the new connection',
    async () => (await wayOfCall(next)).way[0] === ACCEPTED,
    60_000,
  );
  expect((await textsTo(next)).length).toBeGreaterThan(0);
  expect((await textsTo(citizen)).length).toBeLessThanOrEqual(1);
});
