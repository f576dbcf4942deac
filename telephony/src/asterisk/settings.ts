import type { Trunk } from '../trunk/index.ts';

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
  /** National digits to which every call is passed on unanswered, in place of all else: the number is stopped. */
  readonly forwardTo?: string | null;
  /** Absolute path without ending; null: the default apology. */
  readonly apologySound: string | null;
};

/** Absolute paths of PEM files, and the port on which trunks reach us. */
export type TlsFiles = {
  readonly port: number;
  readonly certificate: string;
  readonly privateKey: string;
  /** Authorities whose certificates are believed; null: the other side's certificate is not looked at. */
  readonly authorities: string | null;
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
  /** Calls are taken from all of them. */
  readonly trunks: readonly Trunk[];
  /** For trunks over TLS: what we show. Null: no trunk may use TLS. */
  readonly tls: TlsFiles | null;
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
