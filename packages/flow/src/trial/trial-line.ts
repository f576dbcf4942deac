import type { Action, RungTarget } from '../action.ts';
import type { CallContext, CallEvent, TransferFailure } from '../event.ts';
import { ANSWER_SILENCE_MS } from '../interpreter.ts';
import { jointFailure } from '../nodes/transfer-targets.ts';
import { announcementMs } from './announcement-length.ts';
import { type HouseView, openingAt } from './house-view.ts';
import type { TransferOutcome, TrialSetting } from './trial-setting.ts';

type Due = { readonly atMs: number; readonly event: CallEvent };
type Recording = {
  readonly id: number;
  readonly sinceMs: number;
  readonly endKey: '#' | '*' | null;
};
type TransferAction = Extract<Action, { type: 'transfer' }>;

const ANSWERED_AFTER_MS = 1_000;
const LOOKED_UP_AFTER_MS = 100;
const GATEWAY_ANSWERS_AFTER_MS = 1_500;
const RINGING_AFTER_MS = 300;
const STAFF_ANSWER_AFTER_MS = 4_000;
const BUSY_AFTER_MS = 500;
const UNREACHABLE_AFTER_MS = 2_000;
const HUNG_UP_AFTER_MS = 200;

/** The line of a trial: does what the flow asks for by the trial's setting, and knows what it will report, and when. */
export class TrialLine {
  readonly #setting: TrialSetting;
  readonly #house: HouseView;
  readonly #transcripts: ReadonlyMap<string, string>;
  readonly #rings = new Map<string, number>();
  #due: readonly Due[] = [];
  #answeredAtMs = 0;
  recording: Recording | null = null;
  /** Id of the transfer whose talk goes on. */
  talk: number | null = null;
  /** The caller was told to wait for staff. */
  waitsForStaff = false;

  constructor(setting: TrialSetting, house: HouseView, transcripts: ReadonlyMap<string, string>) {
    this.#setting = setting;
    this.#house = house;
    this.#transcripts = transcripts;
  }

  /** What it reports next by itself. */
  get next(): Due | null {
    return this.#due[0] ?? null;
  }

  /** An event reached the flow: what it ended is over. */
  reported(event: CallEvent, atMs: number): void {
    this.#due = this.#due.filter((due) => due.event !== event);
    if (event.type === 'answered') this.#answeredAtMs = atMs;
    if (event.type === 'transferAnswered') this.talk = event.id;
    if (event.type === 'transferEnded') this.talk = null;
    if (event.type === 'voicemailRecorded') this.#stopRecording();
  }

  /** The other side of a call that the city places is about to answer. */
  willAnswer(): void {
    this.#report(ANSWERED_AFTER_MS, { type: 'answered' });
  }

  carryOut(actions: readonly Action[], context: CallContext, atMs: number): void {
    for (const action of actions) this.#carryOut(action, context, atMs);
  }

  #carryOut(action: Action, context: CallContext, atMs: number): void {
    switch (action.type) {
      case 'answer':
        this.#report(atMs + ANSWERED_AFTER_MS, { type: 'answered' });
        break;
      case 'announce': {
        this.#stopAnnouncing();
        const fromMs = Math.max(atMs, this.#answeredAtMs + ANSWER_SILENCE_MS);
        const lengthMs = announcementMs(action.parts, action.speed ?? 'usual', this.#transcripts);
        this.#report(fromMs + lengthMs, { type: 'announced', id: action.id });
        break;
      }
      case 'stopAnnouncing':
        this.#stopAnnouncing();
        break;
      case 'lookAtCalendar': {
        const { id, calendarId } = action;
        const opening = openingAt(this.#house, calendarId, context.beganAt, atMs);
        const answer: CallEvent =
          opening === null
            ? { type: 'actionFailed', id, reason: 'unknown calendar' }
            : { type: 'calendarSaid', calendarId, ...opening };
        this.#report(atMs + LOOKED_UP_AFTER_MS, answer);
        break;
      }
      case 'lookUpList': {
        const { listId, number } = action;
        const contains =
          this.#setting.onLists.includes(listId) || this.#house.standsOn(listId, number) === true;
        this.#report(atMs + LOOKED_UP_AFTER_MS, { type: 'listSaid', listId, contains });
        break;
      }
      case 'checkIdentity': {
        const matches = this.#setting.identity === 'matches';
        this.#report(atMs + LOOKED_UP_AFTER_MS, { type: 'identitySaid', id: action.id, matches });
        break;
      }
      case 'sendSms':
        this.#report(atMs + GATEWAY_ANSWERS_AFTER_MS, smsResult(this.#setting.sms, action.id));
        break;
      case 'transfer':
        this.#ring(action, atMs);
        break;
      case 'endTransfer':
        this.talk = null;
        this.#drop((event) => 'id' in event && event.id === action.id);
        break;
      case 'ringTone':
        this.waitsForStaff = action.on;
        break;
      case 'recordVoicemail':
        this.#record(action, atMs);
        break;
      case 'stopVoicemail':
        this.#report(atMs + HUNG_UP_AFTER_MS, recorded(action.id, 0, 'limit'));
        break;
      case 'hangUp':
        this.#due = [];
        this.#report(atMs + HUNG_UP_AFTER_MS, { type: 'hungUp' });
        break;
      case 'listenForSpeech':
      case 'requestCallBack':
      case 'recordAnswer':
      case 'recordResult':
        break;
    }
  }

  #ring({ id, to, target, ringTimeoutMs, alsoRing }: TransferAction, atMs: number): void {
    const rung: readonly RungTarget[] = [{ target: target ?? 0, to, ringTimeoutMs }, ...(alsoRing ?? [])];
    const results = rung.map((each) => ({ ...each, ...this.#pickUp(each) }));
    this.#report(atMs + RINGING_AFTER_MS, { type: 'transferRinging', id });
    const taken = results.find(({ failure }) => failure === null);
    if (taken !== undefined) {
      this.#report(atMs + taken.afterMs, { type: 'transferAnswered', id, target: taken.target });
      return;
    }
    const reason = jointFailure(results.flatMap(({ failure }) => failure ?? []));
    const afterMs = Math.max(...results.map((each) => each.afterMs));
    this.#report(atMs + afterMs, {
      type: 'transferFailed',
      id,
      reason,
      sipCode: null,
      q850Cause: null,
    });
  }

  /** `failure` null: somebody answers. */
  #pickUp({ to, ringTimeoutMs }: RungTarget): { failure: TransferFailure | null; afterMs: number } {
    const before = this.#rings.get(to) ?? 0;
    this.#rings.set(to, before + 1);
    const { usual, byNumber } = this.#setting.transfers;
    const outcome: TransferOutcome = Object.hasOwn(byNumber, to) ? (byNumber[to] ?? usual) : usual;
    if (outcome === 'answered' || (outcome === 'busyThenAnswered' && before > 0))
      return { failure: null, afterMs: STAFF_ANSWER_AFTER_MS };
    if (outcome === 'unanswered') return { failure: 'unanswered', afterMs: ringTimeoutMs };
    if (outcome === 'unreachable') return { failure: 'unreachable', afterMs: UNREACHABLE_AFTER_MS };
    return { failure: 'busy', afterMs: BUSY_AFTER_MS };
  }

  #record({ id, endKey, maxSilenceMs }: Extract<Action, { type: 'recordVoicemail' }>, atMs: number): void {
    if (this.#setting.recording === 'fails') {
      this.#report(atMs + HUNG_UP_AFTER_MS, { type: 'actionFailed', id, reason: 'trial' });
      return;
    }
    this.recording = { id, sinceMs: atMs, endKey };
    this.#report(atMs + maxSilenceMs, recorded(id, 0, 'silence'));
  }

  #stopRecording(): void {
    this.recording = null;
    this.#drop((event) => event.type === 'voicemailRecorded');
  }

  #stopAnnouncing(): void {
    this.#drop((event) => event.type === 'announced');
  }

  #drop(isOver: (event: CallEvent) => boolean): void {
    this.#due = this.#due.filter(({ event }) => !isOver(event));
  }

  #report(atMs: number, event: CallEvent): void {
    this.#due = [...this.#due, { atMs, event }].toSorted((one, other) => one.atMs - other.atMs);
  }
}

/** A recording's end as the line reports it. */
export function recorded(
  id: number,
  durationMs: number,
  endedBy: Extract<CallEvent, { type: 'voicemailRecorded' }>['endedBy'],
): CallEvent {
  return { type: 'voicemailRecorded', id, durationMs, endedBy };
}

function smsResult(outcome: TrialSetting['sms'], id: number): CallEvent {
  if (outcome === 'accepted') return { type: 'smsAccepted', id };
  return outcome === 'unknown' ? { type: 'smsUnknown', id } : { type: 'smsRefused', id, reason: 'trial' };
}
