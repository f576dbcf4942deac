export { prepareInForce } from './prepare-in-force.ts';
export { type PromptPreparation, type Publishing, publishFlow } from './publish.ts';
export {
  laySampleSettings,
  SAMPLE_CALENDAR_ID,
  SAMPLE_CITY,
  SAMPLE_NUMBERS,
  type SampleNumber,
  sampleBundle,
  sampleCalendar,
} from './sample-settings.ts';
