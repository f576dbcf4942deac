import { dataRoot, provision, showProgress } from '@madoguchi/telephony';
import { type House, type HouseOptions, startHouse } from './house.ts';
import { houseOptionsFrom } from './house-environment.ts';
import { sayFailure } from './say-failure.ts';
import { ensureWebBuilt } from './web-build.ts';

/** What `npm start` and the demonstration share: provision, start, say where things are. */
export async function startFromEnvironment(changes: Partial<HouseOptions> = {}): Promise<House> {
  const display = showProgress(process.stdout, () => performance.now());
  const tools = await provision(['asterisk', 'openJtalk', 'ffmpeg'], display.onProgress);
  display.end();
  await ensureWebBuilt(() => console.log('管理画面を組み立てています'));
  const house = await startHouse({
    ...houseOptionsFrom(process.env, dataRoot()),
    tools,
    laySamples: true,
    onProgress: (line) => console.log(line),
    onLine: (part, line) => {
      if (part === 'calls' || part === 'web') console.log(`[${part}] ${line}`);
    },
    ...changes,
  });
  if (house.administrator !== null) {
    console.log('');
    console.log('最初の管理者を作りました。パスワードはここにしか表示されません。');
    console.log(`  メールアドレス  ${house.administrator.email}`);
    console.log(`  パスワード      ${house.administrator.password}`);
  }
  return house;
}

if (import.meta.main) {
  const house = await startFromEnvironment().catch((error: unknown) => {
    sayFailure(error);
    process.exit(1);
  });
  house.supervisor.stopOnSignals(() => console.log('\n止めています…'));
  console.log('');
  console.log(`管理画面  ${house.httpUrl}`);
  console.log('止めるには Ctrl-C を押してください。');
  await house.supervisor.stopped;
}
