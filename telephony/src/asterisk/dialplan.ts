import type { AsteriskSettings, FallbackNumber } from './settings.ts';

/** Variable of a transfer's leg: absolute path of its raw two-party recording, without ending. */
export const RECORDING_VARIABLE = 'MADOGUCHI_RECORDING';
/** Where an answered transfer leg is sent to begin its recording; it comes back to the controller with `recorded`. */
export const RECORD_CONTEXT = 'record';

const FALLBACK_RING_SECONDS = 60;

/**
 * A controller that was just restarted, or has not found a restarted engine yet, is back within a second or two: the caller hears
 * ringing that long before the engine helps itself.
 */
const OFFER_TRIES = 12;
const OFFER_PAUSE_SECONDS = 0.25;

type DialplanSettings = Pick<
  AsteriskSettings,
  'ariApplication' | 'maxCallMs' | 'defaultApologySound' | 'fallbackNumbers'
>;

/**
 * The whole dialplan. Calls go to the controller; where it is away, `fallback` speaks and dials. `!` ends the pattern
 * so that no further digits are waited for.
 */
export function dialplan(settings: DialplanSettings): string {
  const { ariApplication, maxCallMs } = settings;
  return `[general]
static=yes
writeprotect=yes
clearglobalvars=yes

[inbound]
exten => _[+0-9]!,1,Set(TIMEOUT(absolute)=${Math.ceil(maxCallMs / 1000)})
 same => n,Set(TRIES=0)
 same => n(offer),Stasis(${ariApplication},offered,\${CALLERID(num-pres)})
 same => n,GotoIf($["\${STASISSTATUS}" != "FAILED"]?done)
 same => n,GotoIf($[\${TRIES} >= ${OFFER_TRIES}]?fallback,\${EXTEN},1)
 same => n,Set(TRIES=$[\${TRIES} + 1])
 same => n,Ringing()
 same => n,Wait(${OFFER_PAUSE_SECONDS})
 same => n,Goto(offer)
 same => n(done),Hangup()

[${RECORD_CONTEXT}]
exten => s,1,MixMonitor(\${${RECORDING_VARIABLE}}.raw,D)
 same => n,Stasis(${ariApplication},recorded)
 same => n,Hangup()

[fallback]
${settings.fallbackNumbers.map((number) => fallbackOf(number, settings.defaultApologySound)).join('\n')}
exten => _[+0-9]!,1,${settings.defaultApologySound === null ? 'Hangup(38)' : 'Answer()'}
${settings.defaultApologySound === null ? '' : ` same => n,Playback(${plainPath(settings.defaultApologySound)})\n same => n,Hangup()\n`}`;
}

function fallbackOf(number: FallbackNumber, defaultApologySound: string | null): string {
  const digits = plainDigits(number.number);
  const apology = number.apologySound ?? defaultApologySound;
  const lines = [`exten => ${digits},1,Answer()`];
  if (apology !== null) lines.push(` same => n,Playback(${plainPath(apology)})`);
  if (number.fallback !== null) {
    for (const { fromEpochMs, toEpochMs } of number.openIntervals) {
      const from = Math.ceil(fromEpochMs / 1000);
      const to = Math.ceil(toEpochMs / 1000);
      lines.push(` same => n,GotoIf($[\${EPOCH} >= ${from} & \${EPOCH} < ${to}]?dial)`);
    }
  }
  lines.push(' same => n,Hangup()');
  if (number.fallback !== null) {
    lines.push(` same => n(dial),Set(CALLERID(num)=${digits})`);
    lines.push(` same => n,Dial(PJSIP/${plainDigits(number.fallback)}@trunk,${FALLBACK_RING_SECONDS},r)`);
    lines.push(' same => n,Hangup()');
  }
  return lines.join('\n');
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
