import type { Logger } from 'pino';
import { Refusal } from '../../http/index.ts';
import { SpeechError, type SpeechErrorCode } from '../../speech/index.ts';

/** Nothing that staff can mend by other words or another file. */
const OURS: ReadonlySet<SpeechErrorCode> = new Set([
  'toolFailed',
  'timedOut',
  'aborted',
  'diskFull',
  'cacheUnwritable',
]);

/** What went wrong with sound, as a route says it; anything else comes back as it is. */
export function asRefusal(error: unknown, log: Pick<Logger, 'error'>): unknown {
  if (!(error instanceof SpeechError)) return error;
  const isOurs = OURS.has(error.code);
  // Its cause may quote what was to be spoken.
  if (isOurs && error.code !== 'aborted') log.error({ code: error.code }, 'a sound could not be made');
  return new Refusal(isOurs ? 503 : 400, error.code, error.message);
}
