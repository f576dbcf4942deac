export { type MessageSounds, prepareMessages } from './prepare-messages.ts';
export { emergencyRoutes } from './routes.ts';
export { endOverdue } from './switch-emergency.ts';
export type { EmergencyTables } from './tables.ts';
export { createTelephoneSwitching } from './telephone/telephone-switching.ts';
