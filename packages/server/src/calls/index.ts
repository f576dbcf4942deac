export { type CallLog, createCallLog } from './call-log.ts';
export {
  type CallBack,
  type CampaignCall,
  type CampaignCalls,
  type Identified,
  noCampaignCalls,
  type ReceivedCall,
} from './campaign-calls.ts';
export type { PromptsFor } from './carry-out.ts';
export { createDirectory, type Directory, type ServedNumber } from './directory.ts';
export { createEventSeal } from './event-seal.ts';
export { type Fallback, fallbacksOf, keepFallbacks, readFallbacks } from './fallback.ts';
export { type RecordingSpace, readRecordingSpace } from './recording-space.ts';
export { createRecordings, type Recordings } from './recordings.ts';
export { versionsOfOpenCalls } from './resume.ts';
export { openSpool } from './spool.ts';
export { createSwitchboard, type Switchboard } from './switchboard.ts';
