import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTelephone } from '@madoguchi/telephony/telephone';
import { sampleCalendar } from '../packages/server/src/flows/index.ts';
import { openSpeech } from '../packages/server/src/main/open-speech.ts';
import { sayFailure } from '../packages/server/src/operations/say-failure.ts';
import { startFromEnvironment } from '../packages/server/src/operations/start.ts';
import { demonstrate } from './demonstrate.ts';
import { expectedSounds } from './expected-sounds.ts';
import { openToday } from './open-today.ts';
import { printDemonstrated } from './print.ts';
import { demoScenarios } from './scenarios.ts';

/** `npm run demo [-- --once]`. With `--once`: status 0 only if every call went as it should, judged from outside. */
const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const began = performance.now();

const staff = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp' });
const citizen = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp' });
const house = await startFromEnvironment({
  // Whatever the environment says: a demonstration calls and texts nobody.
  trunk: { host: '127.0.0.1', port: staff.port },
  smsGateway: null,
  sampleCalendar: openToday(sampleCalendar(), Date.now()),
}).catch((error: unknown) => {
  sayFailure(error);
  process.exit(1);
});
house.supervisor.stopOnSignals(() => console.log('\n止めています…'));

console.log('');
console.log('実際の電話（SIP/RTP）を3本かけます。1分ほどかかります。');
console.log('実演のため、きょうは終日開庁の「実演日」としてカレンダーに登録しています。');
const ownPrompts = await openSpeech(
  { ...house.settings, promptsDir: join(house.settings.stateDir, '../judge-prompts') },
  [],
);
const calls = await Promise.race([
  demonstrate(house, { citizen, staff }, expectedSounds(ownPrompts), demoScenarios()),
  house.supervisor.stopped,
]);
// Stopped in the middle of the calls: what their callers still do would only hold up the end.
if (calls === undefined) process.exit(130);
ownPrompts.close();
for (const call of calls) printDemonstrated(call);
const good = calls.every(({ verdicts }) => verdicts.every((verdict) => verdict.ok));
console.log('');
console.log(
  `${good ? '3本とも、外から見て正しく案内できました。' : '正しくないところがありました。× の行をご覧ください。'}（${((performance.now() - began) / 1000).toFixed(0)}秒）`,
);

if (values.once) {
  await citizen.close();
  await staff.close();
  await house.stop();
  process.exitCode = good ? 0 : 1;
} else {
  console.log('');
  console.log(`管理画面        ${house.httpUrl}`);
  console.log(
    `ソフトフォンから sip:0725008128@127.0.0.1:${house.sipPort}（登録不要、G.711、ボタンは RFC 4733）`,
  );
  console.log('職員の電話は自動で応答します。止めるには Ctrl-C を押してください。');
  await house.supervisor.stopped;
  await citizen.close();
  await staff.close();
}
