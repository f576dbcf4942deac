import { z } from 'zod';
import { AsteriskLine } from './asterisk-line.ts';

/**
 * For tests that kill our process: answers every call with one sound and writes a line for each call that hears it.
 * Argument: the settings as JSON.
 */
const settings = z
  .object({
    ariUrl: z.string(),
    password: z.string(),
    application: z.string(),
    recordingDir: z.string(),
    sound: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const line = new AsteriskLine({
  ...settings,
  user: 'madoguchi',
  trunks: [],
  log: { warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`) },
});

async function serve(callId: string): Promise<void> {
  await line.answer(callId);
  await line.announce(callId, 1, [settings.sound]);
  process.stdout.write('playing\n');
}

await line.start((event) => {
  if (event.type === 'offered') void serve(event.callId);
});
process.stdout.write('ready\n');
