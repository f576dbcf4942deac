import type { CallsSearch } from './calls/calls-search.ts';

/** Every key under which the page keeps what it has read from the server. */
export const queryKeys = {
  me: ['me'],
  health: ['health'],
  numbers: ['numbers'],
  calls: (search: CallsSearch) => ['calls', search] as const,
  callsEndedLately: ['calls', 'ended lately'],
  story: (callId: string) => ['story', callId] as const,
  smsRecent: ['sms', 'recent'],
  smsReceived: ['sms', 'received'],
  trunks: ['trunks'],
} as const;
