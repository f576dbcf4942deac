import { dialString, formatNumber, type Trunk } from '../trunk/index.ts';
import { ANSWER_SILENCE_SOUND } from './answer-silence.ts';
import { calledContext, lookForCalledNumber } from './called-number.ts';
import type { AsteriskSettings, FallbackNumber } from './settings.ts';

/** Variable of a transfer's leg: absolute path of its raw two-party recording, without ending. */
export const RECORDING_VARIABLE = 'MADOGUCHI_RECORDING';
/** Where an answered transfer leg is sent to begin its recording; it comes back to the controller with `recorded`. */
export const RECORD_CONTEXT = 'record';

/** Where a call is sent that is passed on unanswered. */
const FORWARD_CONTEXT = 'forward';
/** Of a call that is passed on: what is dialled, and the number that is shown there. */
const FORWARD_VARIABLE = 'MADOGUCHI_FORWARD';
const FORWARD_CALLER_VARIABLE = 'MADOGUCHI_FORWARD_CALLER';

const FALLBACK_RING_SECONDS = 60;
/** As the controller does after each answer. */
const SILENCE = `Playback(${ANSWER_SILENCE_SOUND})`;

/**
 * A controller that was just restarted, or has not found a restarted engine yet, is back within a second or two: the caller hears
 * ringing that long before the engine helps itself.
 */
const OFFER_TRIES = 12;
const OFFER_PAUSE_SECONDS = 0.25;

/**
 * What of the INVITE is told to the controller, each as `name=value` with the value URL-encoded. Several headers of one name are
 * joined by commas, as RFC 3261 (7.3.1) allows.
 */
const SINGLE_HEADERS = {
  from: 'From',
  to: 'To',
  privacy: 'Privacy',
  pai: 'P-Asserted-Identity',
  pcpid: 'P-Called-Party-ID',
  hops: 'Max-Forwards',
} as const;
const REPEATED_HEADERS = { diversion: 'Diversion', history: 'History-Info' } as const;
/** Longer ones are cut: all of them together have to fit into 4 kB. */
const HEADER_CHARS = 200;
const REPEATED_CHARS = 150;
const MOST_REPEATED = 5;

/**
 * User parts of request URIs: numbers, and names of accounts. A single letter would be one of Asterisk's own extensions: `h` is run when a
 * call is over, which would offer it once more.
 */
const USER_PATTERNS = ['_[+0-9]!', '_[A-Za-z][-._0-9A-Za-z]!'] as const;

type DialplanSettings = Pick<
  AsteriskSettings,
  'ariApplication' | 'maxCallMs' | 'defaultApologySound' | 'fallbackNumbers' | 'trunks'
>;

/**
 * The whole dialplan. Calls go to the controller; where it is away, `called` finds the called number, and `fallback` speaks and dials. `!`
 * ends the pattern so that no further digits are waited for.
 */
export function dialplan(settings: DialplanSettings): string {
  const { ariApplication, maxCallMs } = settings;
  return `[general]
static=yes
writeprotect=yes
clearglobalvars=yes

[inbound]
${USER_PATTERNS.map((pattern) => offerOf(pattern, ariApplication, maxCallMs)).join('\n')}

[${RECORD_CONTEXT}]
exten => s,1,MixMonitor(\${${RECORDING_VARIABLE}}.raw,D)
 same => n,Stasis(${ariApplication},recorded)
 same => n,Hangup()

${calledContext(apology(settings.defaultApologySound))}

[${FORWARD_CONTEXT}]
${forwarding()}

[fallback]
${settings.fallbackNumbers.map((number) => fallbackOf(number, settings)).join('\n')}
`;
}

function offerOf(pattern: string, ariApplication: string, maxCallMs: number): string {
  return `exten => ${pattern},1,Set(TIMEOUT(absolute)=${Math.ceil(maxCallMs / 1000)})
${Object.entries(SINGLE_HEADERS)
  .map(([name, header]) => readInto(name, header, HEADER_CHARS))
  .join('\n')}
${Object.entries(REPEATED_HEADERS)
  .map(([name, header]) => readRepeated(name, header))
  .join('\n')}
 same => n,Set(TRIES=0)
 same => n(offer),Stasis(${ariApplication},offered,\${CALLERID(num-pres)},\${TRUNK},${headerArguments()})
 same => n,GotoIf($["\${STASISSTATUS}" != "FAILED"]?done)
 same => n,GotoIf($[\${TRIES} >= ${OFFER_TRIES}]?away)
 same => n,Set(TRIES=$[\${TRIES} + 1])
 same => n,Ringing()
 same => n,Wait(${OFFER_PAUSE_SECONDS})
 same => n,Goto(offer)
${lookForCalledNumber('away')}
 same => n(done),Hangup()`;
}

function apology(sound: string | null): readonly [string, ...string[]] {
  if (sound === null) return ['Hangup(38)'];
  return ['Answer()', SILENCE, `Playback(${plainPath(sound)})`, 'Hangup()'];
}

/**
 * Nothing here answers: what the other side sends (180, 183 with its sound, 200, a refusal) is what the caller gets. `g` lets the
 * call come back here, so that it ends with the other side's own code; `i` follows nobody's wish to be called elsewhere. By its Q.850
 * cause alone a 603 would become a 403. What asks us for a password (401, 407) is no answer to the caller.
 */
function forwarding(): string {
  return `exten => s,1,Set(CALLERID(all)=\${${FORWARD_CALLER_VARIABLE}})
 same => n,Set(CALLERID(pres)=allowed)
 same => n,Dial(\${${FORWARD_VARIABLE}},,gi)
 same => n,GotoIf($["\${DIALSTATUS}" = "ANSWER"]?over)
 same => n,Set(TOLD=\${HANGUPCAUSE(\${HANGUPCAUSE_KEYS()},tech)})
 same => n,GotoIf($["\${TOLD:0:4}" != "SIP " | "\${TOLD:4:1}" < "4"]?over)
 same => n,GotoIf($["\${TOLD:4:3}" = "401" | "\${TOLD:4:3}" = "407"]?over)
 same => n,PJSIPHangup(\${TOLD:4:3})
 same => n(over),Hangup(\${HANGUPCAUSE})`;
}

/** Reads every header of that name into the variable `name`, encoded. Reading one that is not there gives nothing. */
function readRepeated(name: string, header: string): string {
  return ` same => n,Set(AT=1)
 same => n,Set(${name}=)
 same => n(${name}),NoOp()
${readInto('ONE', `${header},\${AT}`, REPEATED_CHARS)}
 same => n,GotoIf($["\${ONE}" = "" | \${AT} > ${MOST_REPEATED}]?${name}-done)
 same => n,Set(${name}=\${${name}}%2C\${ONE})
 same => n,Set(AT=$[\${AT} + 1])
 same => n,Goto(${name})
 same => n(${name}-done),NoOp()`;
}

/**
 * Reads a header into the variable `name`, encoded. A bracket in it that closes what nobody opened would end the call of `URIENCODE`
 * around it, and the header would be lost: brackets are taken out by a function that is given a variable's name, not its text.
 */
function readInto(name: string, header: string, chars: number): string {
  return ` same => n,Set(RAW=\${PJSIP_HEADER(read,${header}):0:${chars}})
 same => n,Set(${name}=\${URIENCODE(\${REPLACE(RAW,(),-)})})`;
}

function headerArguments(): string {
  const names = [...Object.keys(SINGLE_HEADERS), ...Object.keys(REPEATED_HEADERS)];
  return names.map((name) => `${name}=\${${name}}`).join(',');
}

function fallbackOf(
  number: FallbackNumber,
  { defaultApologySound, trunks }: Pick<DialplanSettings, 'defaultApologySound' | 'trunks'>,
): string {
  const digits = plainDigits(number.number);
  const forwarded = number.forwardTo == null ? null : forwardOf(digits, number.forwardTo, trunks);
  if (forwarded !== null) return forwarded;
  const sound = number.apologySound ?? defaultApologySound;
  const lines = [`exten => ${digits},1,Answer()`, ` same => n,${SILENCE}`];
  if (sound !== null) lines.push(` same => n,Playback(${plainPath(sound)})`);
  const trunk = trunkFor(digits, trunks);
  const dials = number.fallback !== null && trunk !== null;
  if (dials) {
    for (const { fromEpochMs, toEpochMs } of number.openIntervals) {
      const from = Math.ceil(fromEpochMs / 1000);
      const to = Math.ceil(toEpochMs / 1000);
      lines.push(` same => n,GotoIf($[\${EPOCH} >= ${from} & \${EPOCH} < ${to}]?dial)`);
    }
  }
  lines.push(' same => n,Hangup()');
  if (number.fallback !== null && trunk !== null) {
    lines.push(` same => n(dial),Set(CALLERID(num)=${formatNumber(digits, trunk.numberFormat)})`);
    const target = dialString(trunk, plainDigits(number.fallback), digits);
    lines.push(` same => n,Dial(${target},${FALLBACK_RING_SECONDS},r)`);
    lines.push(' same => n,Hangup()');
  }
  return lines.join('\n');
}

/** As the controller does with a stopped number; null where there is no way out. */
function forwardOf(digits: string, to: string, trunks: readonly Trunk[]): string | null {
  const trunk = trunkFor(digits, trunks);
  if (trunk === null) return null;
  return `exten => ${digits},1,Set(${FORWARD_VARIABLE}=${dialString(trunk, plainDigits(to), digits)})
 same => n,Set(${FORWARD_CALLER_VARIABLE}=${formatNumber(digits, trunk.numberFormat)})
 same => n,Goto(${FORWARD_CONTEXT},s,1)`;
}

/** The trunk that registers this number, else the first. */
function trunkFor(number: string, trunks: readonly Trunk[]): Trunk | null {
  const own = trunks.find(({ accounts }) => accounts.some((account) => account.number === number));
  return own ?? trunks[0] ?? null;
}

/** Refuses what could end a dialplan line or argument. */
function plainPath(path: string): string {
  if (!/^\/[\w./@%+~-]*$/.test(path))
    throw new RangeError('a sound path of the dialplan holds an odd character');
  return path;
}

function plainDigits(digits: string): string {
  if (!/^[0-9]+$/.test(digits))
    throw new RangeError('a number of the dialplan holds something else than digits');
  return digits;
}
