export type { Call, CallEnd, CallOutcome, Playable, Ringing } from './call.ts';
export { machineClock, type TelephoneClock } from './clock.ts';
export type { IncomingCall, Party } from './incomingCall.ts';
export { type LossyRelay, openLossyRelay } from './lossyRelay.ts';
export type { CallOptions, PlacedCall } from './placedCall.ts';
export type { Pause, RtpStats } from './rtp/arrivals.ts';
export type { HeardTone, ToneWanted } from './rtp/media.ts';
export type { Pacing } from './rtp/pacer.ts';
export { type AgreedSource, type HeardKey, RtpReceiver } from './rtp/receiver.ts';
export type { PressOptions, SentKey, StreamJump } from './rtp/sender.ts';
export type { Codec } from './sdp.ts';
export type { SipHeader } from './sip/message.ts';
export { type SipTimers, standardTimers } from './sip/transactions.ts';
export {
  type ClipFinding,
  decodeAlaw,
  decodeUlaw,
  encodeAlaw,
  encodeUlaw,
  findClip,
  findMarkers,
  goertzelPower,
  type HeardMarker,
  hasTone,
  isSilent,
  keyTones,
  markerCount,
  markerFrequencies,
  markerSound,
  meanPower,
  readWav,
  tone,
  type WavSound,
  writeWav,
} from './sound/index.ts';
export { createTelephone, type Telephone, type TelephoneOptions } from './telephone.ts';
export { TelephoneError, type TelephoneErrorCode } from './telephoneError.ts';
