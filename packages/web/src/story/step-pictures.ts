import type { CallEvent } from '@madoguchi/flow';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';

type Picture = { readonly icon: IconName; readonly tone: Tone };

const PICTURES: Readonly<Record<CallEvent['type'], Picture>> = {
  began: { icon: 'phoneIn', tone: 'plain' },
  answered: { icon: 'phone', tone: 'good' },
  announced: { icon: 'speaker', tone: 'plain' },
  keyPressed: { icon: 'keypad', tone: 'plain' },
  heard: { icon: 'voice', tone: 'plain' },
  timePassed: { icon: 'wait', tone: 'plain' },
  calendarSaid: { icon: 'calendar', tone: 'plain' },
  listSaid: { icon: 'list', tone: 'plain' },
  identitySaid: { icon: 'person', tone: 'plain' },
  smsAccepted: { icon: 'message', tone: 'good' },
  smsRefused: { icon: 'message', tone: 'bad' },
  smsUnknown: { icon: 'message', tone: 'warning' },
  transferRinging: { icon: 'transfer', tone: 'plain' },
  transferAnswered: { icon: 'person', tone: 'good' },
  transferFailed: { icon: 'transfer', tone: 'warning' },
  transferEnded: { icon: 'person', tone: 'plain' },
  voicemailRecorded: { icon: 'microphone', tone: 'good' },
  actionFailed: { icon: 'alert', tone: 'bad' },
  callerHungUp: { icon: 'hangUp', tone: 'plain' },
  hungUp: { icon: 'hangUp', tone: 'plain' },
  callLost: { icon: 'alert', tone: 'bad' },
  resumed: { icon: 'refresh', tone: 'warning' },
};

/** The picture beside a line of the story; a kind of event this page does not know yet gets a plain one. */
export function pictureOf(type: string): Picture {
  return isKnown(type) ? PICTURES[type] : { icon: 'info', tone: 'plain' };
}

function isKnown(type: string): type is CallEvent['type'] {
  return Object.hasOwn(PICTURES, type);
}
