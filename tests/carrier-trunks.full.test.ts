import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@madoguchi/telephony';
import { createTelephone, type Telephone } from '@madoguchi/telephony/telephone';
import { selfSignedCertificate } from '@madoguchi/telephony/test-certificate';
import { type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyRow } from '../packages/server/src/database/test-database.ts';
import {
  type CarrierCall,
  CarrierUnderTest,
} from '../packages/server/src/line/asterisk/carrier-under-test.ts';
import { houseOptionsFrom } from '../packages/server/src/operations/house-environment.ts';
import { HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { filesBelow } from './setup/secret-house.ts';
import { signIn } from './setup/sign-in.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const COUNTER = '0725000181';
const STAFF = '0725009181';
const [CITIZEN_SAYS, STAFF_SAYS] = [10, 20];
/** Addresses of the carriers. */
const SBC = '127.0.0.13';
const GATEWAY = '127.0.0.14';
const PASSWORD = 'only-for-this-test-1234';
/** Trunks are taken over within moments; the deadline catches hanging only. */
const TAKEN_OVER_LIMIT_MS = 60_000;
/** A call that was not answered until then was turned away: many times what it takes. */
const REFUSED_MS = 5_000;

let carrier: CarrierUnderTest;
let gateway: Telephone;
let under: HouseUnderTest;
let cookie: string;
let folder: string;
let tlsPort: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrier-trunks-'));
  carrier = await CarrierUnderTest.start([
    { name: 'sbc', address: SBC, transport: 'tls', srtp: true, dtmf: 'info' },
  ]);
  gateway = await createTelephone({ localAddress: GATEWAY, transport: 'udp' });
  const own = selfSignedCertificate(['127.0.0.1'], Date.now());
  const [certificate, privateKey] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await writeFile(certificate, own.certificate);
  await writeFile(privateKey, own.privateKey, { mode: 0o600 });
  tlsPort = await freePort();
  const { sip } = houseOptionsFrom(
    {
      MADOGUCHI_SIP_PORT: String(await freePort()),
      MADOGUCHI_SIP_TLS_PORT: String(tlsPort),
      MADOGUCHI_SIP_TLS_CERTIFICATE: certificate,
      MADOGUCHI_SIP_TLS_KEY: privateKey,
      MADOGUCHI_SIP_TLS_AUTHORITIES: carrier.certificate,
    },
    folder,
  );
  under = await startHouseUnderTest({ sip, logLevel: 'debug' });
  await under.serve(
    COUNTER,
    oneFlow('carriers', {
      menu: {
        kind: 'menu',
        title: 'ご用件',
        prompt: markerPrompt(1),
        choices: [{ key: '3' }],
        timeoutMs: 20_000,
        next: { 'key:3': 'staff', wrongKey: 'failed', noKey: 'failed' },
      },
      staff: {
        kind: 'transfer',
        title: '職員',
        to: STAFF,
        ringTimeoutMs: 30_000,
        record: false,
        next: { busy: 'failed', unanswered: 'failed', failed: 'failed', ended: 'end' },
      },
      failed: sayMarker(2, 'end'),
      end: END,
    }),
  );
  cookie = await signIn(under.house);
}, 300_000);

afterAll(async () => {
  await under?.stop();
  await gateway?.close();
  await carrier?.close();
  await rm(folder, { recursive: true, force: true });
});

/** As an administrator does on the screen. */
async function addTrunk({ id: _, ...draft }: Trunk): Promise<void> {
  const { httpUrl } = under.house;
  const reply = await fetch(`${httpUrl}/api/trunks`, {
    method: 'POST',
    headers: { cookie, origin: httpUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ draft }),
  });
  expect([reply.status, await reply.text()]).toEqual([201, expect.anything()]);
}

/** Calls again until the house knows the trunk. */
function answered<Call>(place: () => Promise<Call | null>): Promise<Call> {
  return until('an answer by the new trunk', place, TAKEN_OVER_LIMIT_MS);
}

test('over TLS and SRTP a carrier brings a call, which is told what to press, presses, is put through by the same way and talks', async () => {
  await addTrunk(
    trunkOfProfile('sbc', {
      id: 'x',
      name: '暗号化した回線',
      host: SBC,
      port: carrier.sipPort,
      transport: 'tls',
      srtp: true,
      dtmf: 'info',
      checkEveryS: 0,
    }),
  );
  const taken = Promise.withResolvers<CarrierCall>();
  carrier.onIncoming((call) => taken.resolve(call));
  const call = await answered(async () => {
    const tried = await carrier.call({
      endpoint: 'sbc',
      from: '+819000000001',
      to: `sip:+815000009999@127.0.0.1:${tlsPort};transport=tls`,
      headers: { Diversion: '<sip:+81725000181@sbc.example>;reason=unconditional' },
    });
    // The carrier is not told of the end of a call that was never answered.
    return Promise.race([tried.answered.then(() => tried), pause(REFUSED_MS, null)]);
  });
  await call.hears(1);
  await call.press('3');
  const staff = await taken.promise;
  expect(staff.seen).toMatchObject({ way: 'sbc', dialled: '+81725009181' });
  expect(staff.seen.from).toContain('sip:+81725000181@');
  await staff.answer();
  await call.play(CITIZEN_SAYS);
  await staff.play(STAFF_SAYS);
  await staff.hears(CITIZEN_SAYS);
  await call.hears(STAFF_SAYS);
  const sdps = (await carrier.messages('m=audio')).map(({ text }) => /m=audio \d+ (\S+) /.exec(text)?.[1]);
  expect(new Set(sdps)).toEqual(new Set(['RTP/SAVP']));
  await call.hangUp();
  const { db } = under.database;
  const row = await until('the record of the call', () =>
    db
      .selectFrom('call_summary')
      .select(['phone_number', 'caller_number', 'outcome', 'keys'])
      .where('ended_at', 'is not', null)
      .where('answered_at', 'is not', null)
      .executeTakeFirst(),
  );
  expect(row).toEqual({ phone_number: COUNTER, caller_number: CITIZEN, outcome: 'transfer', keys: '3' });
}, 240_000);

test('a home gateway that names the public number in To only is served under it, and its password lies open nowhere but in the file of the engine', async () => {
  await addTrunk(
    trunkOfProfile('homeGateway', {
      id: 'x',
      name: 'ホームゲートウェイ',
      host: GATEWAY,
      port: gateway.port,
      accounts: [{ number: '3', user: '0003', password: PASSWORD }],
      checkEveryS: 0,
    }),
  );
  const call = await answered(async () => {
    const tried = await gateway.call({
      to: '3',
      toHeader: `<sip:${COUNTER}@gateway.example>`,
      from: CITIZEN,
      server: { host: '127.0.0.1', port: under.house.sipPort },
    });
    return (await tried.outcome).answered ? tried : null;
  });
  await call.waitForTone({ marker: 1 }, { timeoutMs: HEARING_LIMIT_MS });
  await call.hangUp();
  expect(wayOf(call)).toEqual([1]);
  const { db } = under.database;
  expect(await summaryOf(db, call.sipCallId, { ended: true })).toMatchObject({ phone_number: COUNTER });

  const everything = {
    ...(await everyRow(db)),
    ...(await filesBelow(under.dataDir)),
    lines: under.lines.join('\n'),
  };
  const found = Object.entries(everything).filter(([, text]) => text.includes(PASSWORD));
  expect(found.map(([where]) => where)).toEqual([join(under.dataDir, 'asterisk/etc/pjsip_trunks.conf')]);
}, 240_000);
