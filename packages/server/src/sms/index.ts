export {
  type ContractedGateway,
  chargeFor,
  type GatewayTerms,
  openGateway,
  termsOf,
} from './contracted-gateway.ts';
export { onlyGatewayName, SmsGatewayListSchema, type SmsGatewaySettings } from './gateway-settings.ts';
export {
  enqueueSms,
  insertSms,
  type NewSms,
  SmsNotAcceptedError,
  smsWaitingChannel,
} from './outbox/insert-sms.ts';
export { type SettledSms, type SmsState, SmsStateSchema } from './outbox/message-state.ts';
export { readNewestSms, readSms, type SmsRecord, SmsRecordSchema } from './outbox/read-sms.ts';
export { createSmsSender, type SmsSender } from './outbox/sender.ts';
export { type SmsSenderSettings, SmsSenderSettingsSchema } from './outbox/settings.ts';
export { takeBackSms } from './outbox/take-back.ts';
export type { DeliveryReceipt, SmsGateway, SubmitOutcome } from './port.ts';
export { type ReceivedText, ReceivedTextSchema } from './simulator/received-texts.ts';
export { type Smsc, type SmscStatus, startSmsc } from './simulator/smsc.ts';
export { longestTextUnits, splitText } from './split-text.ts';
