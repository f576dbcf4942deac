export { createLiveReader, type LiveReader } from './live.ts';
export { liveRoutes } from './live-routes.ts';
export { callReadingRoutes } from './routes.ts';
export { showNumber } from './show-number.ts';
export { smsShown } from './sms-shown.ts';
