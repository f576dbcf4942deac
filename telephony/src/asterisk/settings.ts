/**
 * Glossary: trunk 回線 (the way to the carrier), controller (our `calls` process), fallback 代替 (what the engine does by
 * itself while the controller is away).
 */

/** Where an Asterisk ≥ 20 lies; `telephony/src/provision` names the same fields. */
export type AsteriskTools = {
  /** Program and first arguments (a private copy starts through its own dynamic loader). */
  readonly command: readonly string[];
  readonly modulesDir: string;
  /** Folder that holds `documentation/core-en_US.xml`, without which Asterisk does not start. */
  readonly dataDir: string;
};

/** What the engine does for one number while the controller is away. */
export type FallbackNumber = {
  /** National digits of the number that citizens call. */
  readonly number: string;
  /** National digits that are dialled in opening hours, or null. */
  readonly fallback: string | null;
  readonly openIntervals: readonly { readonly fromEpochMs: number; readonly toEpochMs: number }[];
  /** Absolute path without ending; null: the default apology. */
  readonly apologySound: string | null;
};

export type AsteriskSettings = {
  /** Prefix of all channel ids, so of all call ids: must differ at each start (`systemNameFor`). */
  readonly systemName: string;
  /** Address that SIP, RTP and ARI bind to. Default trunk: loopback only. */
  readonly address: string;
  /** The same port for UDP and TCP. */
  readonly sipPort: number;
  readonly ariPort: number;
  readonly ariPassword: string;
  readonly ariApplication: string;
  /** Inclusive. A transferred call takes four ports. */
  readonly rtpPorts: { readonly from: number; readonly to: number };
  readonly trunk: {
    /** Addresses or networks whose calls are taken. */
    readonly match: readonly string[];
    /** Where staff numbers are dialled. */
    readonly host: string;
    readonly port: number;
    readonly transport: 'udp' | 'tcp';
    /** How callers' keys come over it besides SIP INFO, which always counts; default `rfc4733`. */
    readonly dtmf?: 'rfc4733' | 'inband' | 'auto';
  };
  /** Voicemail is written below this folder. */
  readonly recordingDir: string;
  /** Longest life of a call; also ends a call whose controller never came back. */
  readonly maxCallMs: number;
  /** Absolute path without ending, or null: the fallback hangs up with a network fault instead of speaking. */
  readonly defaultApologySound: string | null;
  readonly fallbackNumbers: readonly FallbackNumber[];
};

/** `a` and the start time in base 36: ids of two starts never meet. */
export function systemNameFor(nowEpochMs: number): string {
  return `a${nowEpochMs.toString(36)}`;
}
