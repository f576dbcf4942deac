import type { CallsSearch } from './calls/calls-search.ts';
import type { InboxSearch } from './inbox/inbox-search.ts';

/** Every key under which the page keeps what it has read from the server. */
export const queryKeys = {
  me: ['me'],
  health: ['health'],
  numbers: ['numbers'],
  calls: (search: CallsSearch) => ['calls', search] as const,
  callsEndedLately: ['calls', 'ended lately'],
  story: (callId: string) => ['story', callId] as const,
  inboxCounts: ['inbox', 'counts'],
  inboxPeople: ['inbox', 'people'],
  inbox: (search: InboxSearch) => ['inbox', 'list', search] as const,
  inboxItem: (itemId: string) => ['inbox', 'item', itemId] as const,
  note: (callId: string) => ['note', callId] as const,
  noteChoices: ['note choices'],
  background: (callId: string) => ['background', callId] as const,
  draft: (name: string) => ['draft', name] as const,
  ownCall: ['own call'],
  complaints: ['complaints'],
  citizen: (number: string) => ['citizen', number] as const,
  smsRecent: ['sms', 'recent'],
  smsReceived: ['sms', 'received'],
  smsTerms: ['sms', 'terms'],
  trunks: ['trunks'],
  phoneNumbers: ['phone numbers'],
  numberPlans: (phoneNumber: string) => ['phone numbers', 'plans', phoneNumber] as const,
  testCallers: ['test callers'],
  emergency: ['emergency'],
  emergencyNow: ['emergency', 'now'],
} as const;
