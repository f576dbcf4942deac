export { ANSWER_SILENCE_SOUND } from './answer-silence.ts';
export { writeConfiguration, writeDialplan, writeTrunks } from './configuration.ts';
export { RECORD_CONTEXT, RECORDING_VARIABLE } from './dialplan.ts';
export { freePort } from './free-ports.ts';
export { type AsteriskService, asteriskService } from './service.ts';
export type { AsteriskSettings, AsteriskTools, FallbackNumber, TlsFiles } from './settings.ts';
export { systemNameFor } from './settings.ts';
export {
  ariUrlOf,
  asteriskCommandLine,
  asteriskIsReady,
  type RunningAsterisk,
  startAsterisk,
} from './start.ts';
