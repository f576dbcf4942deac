import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { nationalDigits } from '@madoguchi/flow';
import { readWav, type Telephone } from '@madoguchi/telephony/telephone';
import { z } from 'zod';
import { connectDatabase } from '../packages/server/src/database/index.ts';
import type { House } from '../packages/server/src/operations/house.ts';
import { ReceivedTextSchema } from '../packages/server/src/sms/index.ts';
import { placeCall } from './citizen.ts';
import { createClipListener } from './clip-listener.ts';
import type { ExpectedSounds } from './expected-sounds.ts';
import { type Evidence, judge, type Verdict } from './judge.ts';
import type { Scenario } from './scenarios.ts';
import { type StaffEvidence, staffAnswers } from './staff-telephone.ts';

export type Demonstrated = {
  readonly scenario: Scenario;
  readonly evidence: Evidence;
  readonly verdicts: readonly Verdict[];
};

const STAFF_GREETING = 'お電話かわりました。担当の職員です。ご用件をお伺いします。';
const RECORDING_PATIENCE_MS = 15_000;
const TextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

/**
 * Places the calls, all at the same time, and judges each by what the world outside the product saw.
 * @param muteStaff a fault for tests of the judge: the staff telephone sends nothing.
 */
export async function demonstrate(
  house: House,
  telephones: { readonly citizen: Telephone; readonly staff: Telephone },
  sounds: ExpectedSounds,
  scenarios: readonly Scenario[],
  { muteStaff = false }: { readonly muteStaff?: boolean } = {},
): Promise<readonly Demonstrated[]> {
  const talks: StaffEvidence[] = [];
  const [greeting] = await sounds(STAFF_GREETING);
  staffAnswers(telephones.staff, muteStaff ? null : (greeting ?? new Int16Array()), (talk) =>
    talks.push(talk),
  );
  // Made before the calls, so that the callers press their keys in time.
  const texts = scenarios.flatMap(({ steps, otherBranches }) => [
    ...steps.map((step) => step.text),
    ...otherBranches,
  ]);
  await Promise.all(texts.map(sounds));
  const textsBefore = (await readTexts(house)).length;
  const server = { host: '127.0.0.1', port: house.sipPort };
  const listener = createClipListener();
  const calls = await Promise.all(
    scenarios.map((scenario) => placeCall(telephones.citizen, server, scenario, sounds, listener)),
  );
  await listener.stop();
  const received = await readTexts(house);
  const arrived = received.slice(0, received.length - textsBefore);

  return await Promise.all(
    scenarios.map(async (scenario, index) => {
      const citizen = calls[index];
      if (citizen === undefined) throw new Error('a call without evidence');
      const evidence: Evidence = {
        citizen,
        texts: arrived.filter(({ to }) => nationalDigits(`+${to}`) === scenario.citizen),
        talks: talks.filter(({ dialled }) => dialled === scenario.sample.staffNumber),
        recording: scenario.name === 'transfer' ? await readRecording(house, citizen.sipCallId) : null,
      };
      return { scenario, evidence, verdicts: await judge(scenario, evidence, sounds) };
    }),
  );
}

/** Newest first. */
async function readTexts(house: House) {
  if (house.smscUrl === null) throw new Error('the demonstration needs the SMSC simulator');
  const reply = await fetch(`${house.smscUrl}/texts?limit=10000`);
  return TextsSchema.parse(await reply.json()).texts;
}

/** The finished recording as it lies on the disk; null where none is finished in time. */
async function readRecording(house: House, sipCallId: string): Promise<Evidence['recording']> {
  const db = connectDatabase(house.settings.databaseUrl, { maxConnections: 1, onIdleError: () => undefined });
  try {
    const giveUpAt = performance.now() + RECORDING_PATIENCE_MS;
    while (performance.now() < giveUpAt) {
      const row = await db
        .selectFrom('recording as r')
        .innerJoin('call_summary as s', 's.call_id', 'r.call_id')
        .select('r.file_name')
        .where('s.sip_call_id', '=', sipCallId)
        .where('r.state', '=', 'ready')
        .executeTakeFirst();
      if (row !== undefined) {
        const { channels } = readWav(
          await readFile(join(house.settings.recordingsDir, `${row.file_name}.wav`)),
        );
        const [left, right] = channels;
        return left === undefined || right === undefined ? null : [left, right];
      }
      await pause(200);
    }
    return null;
  } finally {
    await db.destroy();
  }
}
