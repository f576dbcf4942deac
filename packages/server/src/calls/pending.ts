import type { Action, CallEvent } from '@madoguchi/flow';

/** What a call has asked of the world and has no final answer to. */
export type Pending = {
  readonly transfer: { readonly id: number; readonly answered: boolean } | null;
  readonly smsId: number | null;
  readonly voicemailId: number | null;
};

export const NOTHING_PENDING: Pending = { transfer: null, smsId: null, voicemailId: null };

/** After one more event and the actions that it caused. */
export function pendingAfter(before: Pending, event: CallEvent, actions: readonly Action[]): Pending {
  return actions.reduce(orderedBy, answeredBy(before, event));
}

function answeredBy(before: Pending, event: CallEvent): Pending {
  switch (event.type) {
    case 'transferAnswered':
      return before.transfer?.id === event.id
        ? { ...before, transfer: { id: event.id, answered: true } }
        : before;
    case 'transferFailed':
    case 'transferEnded':
      return withoutTransfer(before, event.id);
    case 'smsAccepted':
    case 'smsRefused':
    case 'smsUnknown':
      return withoutSms(before, event.id);
    case 'voicemailRecorded':
      return withoutVoicemail(before, event.id);
    case 'actionFailed':
      return withoutVoicemail(withoutSms(withoutTransfer(before, event.id), event.id), event.id);
    default:
      return before;
  }
}

function orderedBy(before: Pending, action: Action): Pending {
  switch (action.type) {
    case 'transfer':
    case 'forward':
      return { ...before, transfer: { id: action.id, answered: false } };
    case 'endTransfer':
      return withoutTransfer(before, action.id);
    case 'sendSms':
      return { ...before, smsId: action.id };
    case 'recordVoicemail':
      return { ...before, voicemailId: action.id };
    default:
      return before;
  }
}

const withoutTransfer = (before: Pending, id: number): Pending =>
  before.transfer?.id === id ? { ...before, transfer: null } : before;

const withoutSms = (before: Pending, id: number): Pending =>
  before.smsId === id ? { ...before, smsId: null } : before;

const withoutVoicemail = (before: Pending, id: number): Pending =>
  before.voicemailId === id ? { ...before, voicemailId: null } : before;
