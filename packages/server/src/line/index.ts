export { AsteriskLine, type AsteriskLineOptions } from './asterisk/asterisk-line.ts';
export {
  finishTransferRecording,
  finishVoicemailRecording,
  RecordingError,
  type RecordingErrorCode,
} from './finish-recording.ts';
export { LineError, type LineErrorCode } from './line-error.ts';
export type {
  Admission,
  AttemptEvent,
  DeskCallEvent,
  DeskCallFailure,
  DeskCallOrder,
  DeskLine,
  DeskRecordSounds,
  DialFailure,
  DiallingLine,
  DialOrder,
  ForwardOrder,
  HearingLine,
  Line,
  LineEvent,
  PlacedCallEvent,
  PlacedCallFailure,
  PlacedCallOrder,
  PlacedCallSounds,
  PlacingLine,
  RungTelephone,
  SoundEvent,
  SurvivingCall,
  TransferOrder,
  VoicemailOrder,
  WhisperOrder,
  WithheldReason,
} from './port.ts';
export { SimulatedDeskLine } from './simulated/simulated-desk-line.ts';
export {
  type SimulatedCitizen,
  SimulatedDiallingLine,
} from './simulated/simulated-dialling-line.ts';
export {
  type SimulatedCommand,
  SimulatedLine,
  type SimulatedLineOptions,
  type SimulatedTransfer,
} from './simulated/simulated-line.ts';
export { SimulatedPlacingLine } from './simulated/simulated-placing-line.ts';
export {
  firstTrunk,
  keepTrunks,
  layFirstTrunk,
  loadTrunks,
  readKeptTrunks,
  readTrunks,
  sealStoredPasswords,
} from './stored-trunks.ts';
export { createLineUseSayer } from './trunks/line-use.ts';
