export { selectSummaries, summaryOf } from './call-summary.ts';
export { digitsOf } from './list.ts';
export { createLiveReader, type LiveReader } from './live.ts';
export { liveRoutes } from './live-routes.ts';
export { type PageCursor, readCursor, writeCursor } from './page-cursor.ts';
export { type RecordingShown, recordingsOf } from './recordings-of.ts';
export { callReadingRoutes } from './routes.ts';
export { showNumber } from './show-number.ts';
export { smsShown } from './sms-shown.ts';
