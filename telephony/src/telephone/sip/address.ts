import { TelephoneError } from '../telephoneError.ts';

export type SipUri = {
  readonly scheme: string;
  /** Empty where the URI has none. */
  readonly user: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number | null;
  readonly params: ReadonlyMap<string, string>;
};

export type NameAddress = {
  readonly displayName: string;
  /** The URI as written, without angle brackets. */
  readonly uri: string;
  /** Parameters of the header (tag, q …), names in lower case. */
  readonly params: ReadonlyMap<string, string>;
};

/**
 * Reads the value of From, To, Contact, Route and their like (RFC 3261 section 20.10).
 * Without angle brackets all parameters belong to the header, as the RFC says.
 * @throws TelephoneError SIP_SYNTAX
 */
export function parseNameAddress(value: string): NameAddress {
  const text = value.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*/.exec(text);
  const rest = quoted === null ? text : text.slice(quoted[0].length);
  const open = rest.indexOf('<');
  if (open < 0) {
    const [uri = '', ...params] = rest.split(';');
    if (uri.trim() === '') throw new TelephoneError('SIP_SYNTAX', 'an address has no URI');
    return { displayName: '', uri: uri.trim(), params: readParams(params) };
  }
  const close = rest.indexOf('>', open);
  if (close < 0) throw new TelephoneError('SIP_SYNTAX', 'an address has no closing angle bracket');
  const displayName =
    quoted === null ? rest.slice(0, open).trim() : (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  const params = rest
    .slice(close + 1)
    .split(';')
    .slice(1);
  return { displayName, uri: rest.slice(open + 1, close).trim(), params: readParams(params) };
}

/** Reads a sip:, sips: or tel: URI (RFC 3261 section 19.1, RFC 3966). @throws TelephoneError SIP_SYNTAX */
export function parseSipUri(uri: string): SipUri {
  const match = /^([a-z]+):(?:([^@]*)@)?(\[[^\]]+\]|[^:;?]+)(?::(\d{1,5}))?((?:;[^?]*)?)(?:\?.*)?$/i.exec(
    uri.trim(),
  );
  if (match === null) throw new TelephoneError('SIP_SYNTAX', 'a URI is malformed');
  const [, scheme = '', userinfo = '', host = '', port, params = ''] = match;
  const isTel = scheme.toLowerCase() === 'tel';
  return {
    scheme: scheme.toLowerCase(),
    // A password or user parameter (';phone-context=…') after the number is no part of it.
    user: isTel ? host : (userinfo.split(/[;:]/)[0] ?? ''),
    host: isTel ? '' : host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? null : Number(port),
    params: readParams(params.split(';').slice(1)),
  };
}

/** The topmost Via's parts (RFC 3261 section 20.42). @throws TelephoneError SIP_SYNTAX */
export function parseVia(value: string): {
  readonly protocol: string;
  readonly host: string;
  readonly port: number | null;
  readonly params: ReadonlyMap<string, string>;
} {
  const match =
    /^SIP\s*\/\s*2\.0\s*\/\s*(\w+)\s+(\[[^\]]+\]|[^\s:;]+)\s*(?::\s*(\d{1,5}))?\s*((?:;.*)?)$/i.exec(
      value.trim(),
    );
  if (match === null) throw new TelephoneError('SIP_SYNTAX', 'Via is malformed');
  const [, protocol = '', host = '', port, params = ''] = match;
  return {
    protocol: protocol.toUpperCase(),
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? null : Number(port),
    params: readParams(params.split(';').slice(1)),
  };
}

function readParams(parts: readonly string[]): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (name === '') continue;
    params.set(
      name,
      equals < 0
        ? ''
        : part
            .slice(equals + 1)
            .trim()
            .replace(/^"|"$/g, ''),
    );
  }
  return params;
}
