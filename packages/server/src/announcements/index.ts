export { takeOverAnnouncements, takeOverReadings } from './exchange/take-over.ts';
export { wordsOfFlows } from './exchange/words-of-flows.ts';
export { readLibrary } from './library/read-announcements.ts';
export { contentHash, heardBySomebody, heardHashes, type Spoken } from './listening/heard.ts';
export { createListening, type Listening, type OpenSpeech } from './listening/listening.ts';
export { storedReadings } from './readings/readings.ts';
export { announcementRoutes } from './routes.ts';
export { layUsualVoice, usualVoice, usualVoiceChosenAt } from './voices/usual-voice.ts';
