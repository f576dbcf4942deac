import type { CallContext, RunnableFlow } from '@madoguchi/flow';
import type { LineEvent } from '../line/index.ts';
import {
  builtInVersion,
  FULL_LINES_BUNDLE_ID,
  PREPARING_BUNDLE_ID,
  STOPPED_BUNDLE_ID,
  UNASSIGNED_BUNDLE_ID,
} from './built-in-versions.ts';
import { callDayOf } from './call-record.ts';
import type { Directory, ServedNumber } from './directory.ts';

type Version = { readonly bundleId: string; readonly bundle: RunnableFlow };

/** How a call is served: the version that it follows, and what its context says of it. */
export type Service = Version &
  Pick<CallContext, 'refusal' | 'forwardedTo' | 'opening' | 'isTest'> & {
    /** The number is open to everybody and has a line for the caller: a person who calls back may be met here. */
    readonly isLetIn: boolean;
  };

export type OfferedCall = {
  /** National digits of the called number. */
  readonly phoneNumber: string;
  readonly callerNumber: string | null;
  readonly admission: Extract<LineEvent, { type: 'offered' }>['admission'];
  /** Calls that the number is serving already. */
  readonly callsOnNumber: number;
};

/** The one place that says what a caller of a number meets, by its state, its opening day and its lines. */
export function serviceFor(directory: Directory, call: OfferedCall, nowEpochMs: number): Service {
  const { phoneNumber, callerNumber, admission } = call;
  const number = directory.phoneNumber(phoneNumber);
  const { day } = callDayOf(nowEpochMs);
  const isTestCaller = callerNumber !== null && directory.isTestCaller(callerNumber, day);
  const marked = isTestCaller ? ({ isTest: true } as const) : {};
  if (admission === 'loop' || admission === 'linesFull')
    return { ...versionOf(directory, number), ...marked, refusal: admission, isLetIn: false };
  if (admission === 'overflow') return { ...builtIn(FULL_LINES_BUNDLE_ID), ...marked };
  if (number === null) return { ...builtIn(UNASSIGNED_BUNDLE_ID), ...marked };
  if (number.maxCalls !== null && call.callsOnNumber >= number.maxCalls) {
    return number.whenFull === 'announcement'
      ? { ...builtIn(FULL_LINES_BUNDLE_ID), ...marked }
      : { ...versionOf(directory, number), ...marked, refusal: 'linesFull', isLetIn: false };
  }
  // Without where to pass it on to, a caller is better told something than left without an answer.
  if (number.state === 'stopped')
    return number.forwardTo === null
      ? builtIn(PREPARING_BUNDLE_ID)
      : { ...builtIn(STOPPED_BUNDLE_ID), forwardedTo: number.forwardTo };
  const isOpen = number.state === 'live' && (number.opensOn === null || number.opensOn <= day);
  const mayTry = number.state !== 'preparing' && isTestCaller;
  if (!isOpen && !mayTry) return { ...builtIn(PREPARING_BUNDLE_ID), ...marked };
  const opening = directory.openingOf(phoneNumber, nowEpochMs);
  return {
    ...(isOpen ? versionOf(directory, number) : trialOf(directory, number)),
    isLetIn: isOpen,
    ...marked,
    ...(opening === undefined ? {} : { opening }),
  };
}

function trialOf(directory: Directory, number: ServedNumber): Version {
  const trial = number.trialBundleId === null ? null : directory.bundleInForce(number.trialBundleId);
  return trial === null || number.trialBundleId === null
    ? versionOf(directory, number)
    : { bundleId: number.trialBundleId, bundle: trial };
}

function versionOf(directory: Directory, number: ServedNumber | null): Version {
  const bundleId = number?.bundleId ?? null;
  const bundle = bundleId === null ? null : directory.bundleInForce(bundleId);
  return bundleId === null || bundle === null ? builtIn(UNASSIGNED_BUNDLE_ID) : { bundleId, bundle };
}

/** Said in place of a flow: nobody is let in. */
function builtIn(bundleId: string): Version & { readonly isLetIn: false } {
  const bundle = builtInVersion(bundleId);
  if (bundle === null) throw new Error(`there is no built-in version ${bundleId}`);
  return { bundleId, bundle, isLetIn: false };
}

/** Whether a call takes one of its number's lines. One that only hears that all are taken does not, nor does one that we place. */
export function takesLine(context: CallContext): boolean {
  const isPlaced = context.placed !== undefined && context.placed.isCallBack !== true;
  return context.refusal === undefined && context.bundleId !== FULL_LINES_BUNDLE_ID && !isPlaced;
}
