import { createTelephone, type PlacedCall, type Telephone } from '@madoguchi/telephony/telephone';
import { draftOf, type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TrunkListSchema, TrunkSavedSchema } from '../packages/server/src/http/trunk-contract.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000171';
/** Where the calls of the trunk that is added come from; those of the first come from 127.0.0.1. */
const CARRIER = '127.0.0.2';
const ALL_LINES_TAKEN = 'お電話ありがとうございます。ただいま電話が大変混み合っております。';
/** Taken over within moments; the deadline catches hanging only. */
const TAKEN_OVER_LIMIT_MS = 60_000;

let under: HouseUnderTest;
let sounds: PromptSounds;
let carrier: Telephone;
let cookie: string;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  carrier = await createTelephone({ localAddress: CARRIER, transport: 'udp' });
  await under.serve(NUMBER, oneFlow('long', longSpeech()));
  const { administrator } = under.house;
  const reply = await ask('POST', '/api/auth/sign-in/email', administrator);
  cookie = reply.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}, 240_000);

afterAll(async () => {
  await carrier?.close();
  await sounds?.close();
  await under?.stop();
});

/** Speaks for longer than any part of the test lasts: the caller hangs up. */
function longSpeech() {
  const numbers = Array.from({ length: 120 }, (_, nth) => nth);
  return {
    ...Object.fromEntries(numbers.map((nth) => [`say${nth}`, sayMarker(1 + (nth % 2), `say${nth + 1}`)])),
    [`say${numbers.length}`]: END,
  };
}

async function ask(method: string, path: string, body: unknown): Promise<Response> {
  const { httpUrl } = under.house;
  const reply = await fetch(httpUrl + path, {
    method,
    headers: {
      origin: new URL(httpUrl).origin,
      cookie: cookie ?? '',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status}`);
  return reply;
}

function trunk(whenFull: Trunk['lines']['whenFull']) {
  const lines = { total: 1, received: 1, transferred: 0, placed: 0, whenFull };
  return draftOf(
    trunkOfProfile('sbc', { id: 'any', name: '試験の電話会社', host: CARRIER, port: carrier.port, lines }),
  );
}

function call(): Promise<PlacedCall> {
  return carrier.call({
    to: NUMBER,
    from: CITIZEN,
    server: { host: '127.0.0.1', port: under.house.sipPort },
  });
}

/** Status with which a call is turned away; null where it is answered. Hangs up. */
async function refusal(): Promise<number | null> {
  const placed = await call();
  const outcome = await placed.outcome;
  await placed.hangUp();
  return outcome.answered ? null : outcome.sipCode;
}

/** Turned away, and not because its lines are taken. */
async function isStranger(): Promise<boolean> {
  const status = await refusal();
  return status !== null && status !== 486;
}

test('calls from a carrier are turned away until its trunk is added on the screen, answered then within its lines, and turned away again once it is removed', async () => {
  expect(await isStranger()).toBe(true);

  const saved = await ask('POST', '/api/trunks', { draft: trunk({ type: 'busy' }) });
  const { trunkId, version } = TrunkSavedSchema.parse(await saved.json());
  await until('the new trunk', async () => (await refusal()) === null, TAKEN_OVER_LIMIT_MS);

  const first = await call();
  await first.waitForTone({ marker: 1 }, { timeoutMs: TAKEN_OVER_LIMIT_MS });
  expect(await refusal()).toBe(486);
  // The lines of the other trunk are its own.
  const other = await under.call(NUMBER);
  await other.answered;
  await other.hangUp();

  await ask('PUT', `/api/trunks/${trunkId}`, { draft: trunk({ type: 'announcement', lines: 1 }), version });
  const overflowing = await until(
    'an answer in spite of full lines',
    async () => {
      const placed = await call();
      return (await placed.outcome).answered && placed;
    },
    TAKEN_OVER_LIMIT_MS,
  );
  const heard = await soundOfCall(overflowing);
  expect(await sounds.timesHeard(heard, await sounds.of(ALL_LINES_TAKEN))).toHaveLength(1);
  expect(overflowing.heardMarkers).toEqual([]);

  await ask('DELETE', `/api/trunks/${trunkId}?version=${version + 1}`, undefined);
  await until('the trunk gone', isStranger, TAKEN_OVER_LIMIT_MS);
  // A call that is under way is nobody's to break off.
  const { length } = first.heardMarkers;
  await until('another announcement', () => first.heardMarkers.length > length + 1);
  await first.hangUp();
  const left = TrunkListSchema.parse(await (await ask('GET', '/api/trunks', undefined)).json());
  expect(left.trunks.map(({ draft }) => draft.host)).toEqual(['127.0.0.1']);
}, 240_000);
