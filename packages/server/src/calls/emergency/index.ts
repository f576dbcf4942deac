export type {
  Entered,
  SwitchableMessage,
  Switched,
  SwitchingCall,
  SwitchingDeed,
  TelephoneEntry,
  TelephoneSwitching,
} from './port.ts';
export { createSwitchingCalls, type SwitchingCalls } from './switching-calls.ts';
export { wordsToPrepare } from './words.ts';
