/** A `name-addr` or `addr-spec` of RFC 3261 (25.1), or a tel URI (RFC 3966), as far as a call needs it. */
export type NameAddress = {
  /** Display name without quotes, '' where there is none. */
  readonly display: string;
  /** User part, unescaped and without its parameters; '' where there is none. */
  readonly user: string;
  /** Lower case; '' in a tel URI. */
  readonly host: string;
};

const QUOTED = /^\s*"((?:[^"\\]|\\.)*)"\s*<([^>]*)>/s;
const PLAIN = /^([^<"]*)<([^>]*)>/;

/** Null where it is neither. Never throws: the text comes from anybody. */
export function readNameAddress(text: string): NameAddress | null {
  const quoted = QUOTED.exec(text);
  if (quoted !== null) return ofUri((quoted[1] ?? '').replace(/\\(.)/gs, '$1'), quoted[2] ?? '');
  const plain = PLAIN.exec(text);
  if (plain !== null) return ofUri((plain[1] ?? '').trim(), plain[2] ?? '');
  // Without brackets, what follows a semicolon belongs to the header.
  return ofUri('', text.trim());
}

function ofUri(display: string, uri: string): NameAddress | null {
  const tel = /^tel:([^;?\s]+)/i.exec(uri);
  if (tel !== null) return { display, user: unescaped(tel[1] ?? ''), host: '' };
  const sip = /^sips?:(?:([^@\s]*)@)?(\[[^\]]+\]|[^;:?\s]+)/i.exec(uri);
  if (sip === null) return null;
  const user = (sip[1] ?? '').split(/[;:]/)[0] ?? '';
  return { display, user: unescaped(user), host: (sip[2] ?? '').toLowerCase() };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray '%' of a careless sender: taken as it is.
    return text;
  }
}

/** The elements of a header that may hold several, divided by commas outside of quotes and brackets. */
export function listedIn(header: string): readonly string[] {
  const elements: string[] = [];
  let element = '';
  let quoted = false;
  let bracketed = false;
  for (let at = 0; at < header.length; at++) {
    const char = header[at] ?? '';
    if (quoted && char === '\\') {
      element += char + (header[++at] ?? '');
      continue;
    }
    if (char === '"' && !bracketed) quoted = !quoted;
    else if (!quoted && char === '<') bracketed = true;
    else if (!quoted && char === '>') bracketed = false;
    if (char === ',' && !quoted && !bracketed) {
      elements.push(element);
      element = '';
    } else element += char;
  }
  return [...elements, element].map((each) => each.trim()).filter((each) => each !== '');
}
