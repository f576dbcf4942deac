import type { CalledNumberSource, TrunkDraft } from '@madoguchi/server/trunk-contract';
import { digitsOf } from '../calls/calls-search.ts';

export type AccountValues = {
  /** Tells the rows apart; not sent. */
  readonly key: string;
  readonly number: string;
  readonly user: string;
  /** Empty where one is kept: the one that is kept stays. */
  readonly password: string;
  readonly isKept: boolean;
};

/** What stands in the form: everything that is typed is text. */
export type TrunkValues = Pick<
  TrunkDraft,
  'name' | 'profile' | 'host' | 'transport' | 'numberFormat' | 'dtmf' | 'reliableProvisional'
> & {
  readonly port: string;
  readonly accounts: readonly AccountValues[];
  readonly srtp: 'yes' | 'no';
  /** One on each line. */
  readonly match: string;
  /** Order of preference, joined by commas. */
  readonly codecs: string;
  readonly timerMode: TrunkDraft['sessionTimer']['mode'];
  readonly timerExpiresS: string;
  readonly timerMinS: string;
  readonly isBehindNat: 'yes' | 'no';
  readonly natPublicAddress: string;
  readonly natLocalPort: string;
  readonly natLocalNetworks: string;
  readonly firstSource: CalledNumberSource;
  readonly furtherSources: readonly CalledNumberSource[];
  readonly presented: 'called' | 'caller' | 'fixed';
  readonly fixedNumber: string;
  readonly dialsTollFree: 'yes' | 'no';
  readonly total: string;
  readonly received: string;
  readonly transferred: string;
  readonly placed: string;
  readonly whenFull: 'busy' | 'announcement';
  readonly overflowLines: string;
  readonly rtpTimeoutS: string;
  readonly checkEveryS: string;
};

const OVERFLOW_LINES = '5';
/** Not 5060 or 5061, on which the telephone itself listens unless the operator says otherwise. */
const NAT_PORT = '5080';

/** @param passwordsLost numbers whose stored passwords cannot be used any more */
export function valuesOf(draft: TrunkDraft, passwordsLost: readonly string[] = []): TrunkValues {
  const { lines, nat, sessionTimer, presentedNumber } = draft;
  const [firstSource = 'requestUri', ...furtherSources] = draft.calledNumberSources;
  const isFixed = presentedNumber !== 'called' && presentedNumber !== 'caller';
  return {
    name: draft.name,
    profile: draft.profile,
    host: draft.host,
    port: textOf(draft.port),
    transport: draft.transport,
    accounts: draft.accounts.map(({ number, user, password }, at) => ({
      key: `stored ${at}`,
      number,
      user,
      password: password ?? '',
      isKept: password === null && !passwordsLost.includes(number),
    })),
    srtp: yesNo(draft.srtp),
    match: draft.match.join('\n'),
    numberFormat: draft.numberFormat,
    codecs: draft.codecs.join(','),
    dtmf: draft.dtmf,
    reliableProvisional: draft.reliableProvisional,
    timerMode: sessionTimer.mode,
    timerExpiresS: textOf(sessionTimer.expiresS),
    timerMinS: textOf(sessionTimer.minS),
    isBehindNat: yesNo(nat !== null),
    natPublicAddress: nat?.publicAddress ?? '',
    natLocalPort: nat === null ? NAT_PORT : textOf(nat.localPort),
    natLocalNetworks: nat?.localNetworks.join('\n') ?? '',
    firstSource,
    furtherSources,
    presented: isFixed ? 'fixed' : presentedNumber,
    fixedNumber: isFixed ? presentedNumber : '',
    dialsTollFree: yesNo(draft.dialsTollFree),
    total: textOf(lines.total),
    received: textOf(lines.received),
    transferred: textOf(lines.transferred),
    placed: textOf(lines.placed),
    whenFull: lines.whenFull.type,
    overflowLines: lines.whenFull.type === 'announcement' ? textOf(lines.whenFull.lines) : OVERFLOW_LINES,
    rtpTimeoutS: textOf(draft.rtpTimeoutS),
    checkEveryS: textOf(draft.checkEveryS),
  };
}

/** What is sent; the server says what is wrong with it, beside each field. */
export function draftOfValues(values: TrunkValues): TrunkDraft {
  return {
    name: values.name.trim(),
    profile: values.profile,
    host: halfWidth(values.host),
    port: numberOf(values.port),
    transport: values.transport,
    srtp: values.srtp === 'yes',
    match: linesOf(values.match),
    accounts: values.accounts.map(({ number, user, password, isKept }) => ({
      number: digitsOf(number),
      user: halfWidth(user),
      password: isKept && password === '' ? null : password,
    })),
    numberFormat: values.numberFormat,
    codecs: values.codecs.split(',').filter((codec) => codec === 'ulaw' || codec === 'alaw'),
    dtmf: values.dtmf,
    reliableProvisional: values.reliableProvisional,
    sessionTimer: {
      mode: values.timerMode,
      expiresS: numberOf(values.timerExpiresS),
      minS: numberOf(values.timerMinS),
    },
    nat:
      values.isBehindNat === 'no'
        ? null
        : {
            publicAddress: halfWidth(values.natPublicAddress),
            localPort: numberOf(values.natLocalPort),
            localNetworks: linesOf(values.natLocalNetworks),
          },
    calledNumberSources: [
      values.firstSource,
      ...values.furtherSources.filter((source) => source !== values.firstSource),
    ],
    presentedNumber: values.presented === 'fixed' ? digitsOf(values.fixedNumber) : values.presented,
    dialsTollFree: values.dialsTollFree === 'yes',
    lines: {
      total: numberOf(values.total),
      received: numberOf(values.received),
      transferred: numberOf(values.transferred),
      placed: numberOf(values.placed),
      whenFull:
        values.whenFull === 'busy'
          ? { type: 'busy' }
          : { type: 'announcement', lines: numberOf(values.overflowLines) },
    },
    rtpTimeoutS: numberOf(values.rtpTimeoutS),
    checkEveryS: numberOf(values.checkEveryS),
  };
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

/** Full-width digits and letters are taken as meant. */
function halfWidth(typed: string): string {
  return typed.normalize('NFKC').trim();
}

function numberOf(typed: string): number | null {
  const text = halfWidth(typed);
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function linesOf(typed: string): string[] {
  return typed
    .split(/[\n,、\s]+/)
    .map(halfWidth)
    .filter((line) => line !== '');
}
