import { TelephoneError } from './telephoneError.ts';

export type Codec = 'PCMU' | 'PCMA';
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Static payload types of RFC 3551 section 6. */
export const payloadTypeOf: Readonly<Record<Codec, number>> = { PCMU: 0, PCMA: 8 };

/** One m-line as far as a telephone cares. */
export type MediaDescription = {
  readonly media: string;
  readonly port: number;
  readonly protocol: string;
  readonly host: string;
  readonly payloadTypes: readonly string[];
  /** payload type → 'PCMU/8000', upper case */
  readonly encodings: ReadonlyMap<string, string>;
  readonly direction: Direction;
};

/** What both sides agreed upon: how we send. */
export type AgreedSound = {
  readonly host: string;
  readonly port: number;
  readonly codec: Codec;
  /** Payload type of RFC 4733 events to the other side, or null where it takes none. */
  readonly keyPayloadType: number | null;
  /** False while the other side holds us. */
  readonly maySend: boolean;
};

type Own = {
  readonly host: string;
  readonly port: number;
  readonly codecs: readonly Codec[];
  readonly sessionId: number;
  readonly version: number;
};

const ownKeyPayloadType = 101;

/** Reads the m-lines (RFC 8866). @throws TelephoneError SDP_SYNTAX */
export function parseSdp(text: string): readonly MediaDescription[] {
  let sessionHost = '';
  let sessionDirection: Direction = 'sendrecv';
  const media: {
    media: string;
    port: number;
    protocol: string;
    host: string;
    payloadTypes: readonly string[];
    encodings: Map<string, string>;
    direction: Direction | null;
  }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const current = media.at(-1);
    const value = line.slice(2).trim();
    if (line.startsWith('c=')) {
      const host = /^IN +IP[46] +([^\s/]+)/i.exec(value)?.[1] ?? '';
      if (current === undefined) sessionHost = host;
      else current.host = host;
    } else if (line.startsWith('m=')) {
      const match = /^(\S+) +(\d+)(?:\/\d+)? +(\S+)(.*)$/.exec(value);
      if (match === null) throw new TelephoneError('SDP_SYNTAX', 'an m-line is malformed');
      const [, kind = '', port = '0', protocol = '', formats = ''] = match;
      const payloadTypes = formats.trim().split(/\s+/);
      media.push({
        media: kind,
        port: Number(port),
        protocol,
        host: '',
        payloadTypes,
        encodings: new Map(),
        direction: null,
      });
    } else if (line.startsWith('a=')) {
      const rtpmap = /^rtpmap:(\d+) +(\S+)/i.exec(value);
      if (rtpmap !== null) current?.encodings.set(rtpmap[1] ?? '', (rtpmap[2] ?? '').toUpperCase());
      const direction = readDirection(value);
      if (direction !== null && current === undefined) sessionDirection = direction;
      else if (direction !== null && current !== undefined) current.direction = direction;
    }
  }
  return media.map((each) => ({
    ...each,
    host: each.host === '' ? sessionHost : each.host,
    direction: each.direction ?? sessionDirection,
  }));
}

/** Our offer: the codecs in our order, telephone-event 101. */
export function composeOffer(own: Own): string {
  const formats = own.codecs.map((codec): [string, string] => [
    String(payloadTypeOf[codec]),
    `${codec}/8000`,
  ]);
  return compose(own, [audioLines(own.port, formats, String(ownKeyPayloadType), 'sendrecv')]);
}

/**
 * Our answer to an offer (RFC 3264 section 6): the first codec of the offer that we have, events under the offered number,
 * every other m-line refused by port 0. Null where there is nothing in common (488).
 * @throws TelephoneError SDP_SYNTAX
 */
export function answerOffer(
  offer: string,
  own: Own,
): { readonly sdp: string; readonly agreed: AgreedSound } | null {
  const media = parseSdp(offer);
  const audio = media.find((each) => isPlainAudio(each) && chosenCodec(each, own.codecs) !== null);
  const codec = audio === undefined ? null : chosenCodec(audio, own.codecs);
  if (audio === undefined || codec === null) return null;
  const keys = keyPayloadType(audio);
  const direction = mirrored(audio);
  const lines = media.map((each) =>
    each === audio
      ? audioLines(own.port, [[String(payloadTypeOf[codec]), `${codec}/8000`]], keys, direction)
      : [`m=${each.media} 0 ${each.protocol} ${each.payloadTypes.join(' ')}`],
  );
  return { sdp: compose(own, lines), agreed: agree(audio, codec, keys) };
}

/** What an answer to our offer agreed upon, or null where it refused the sound. @throws TelephoneError SDP_SYNTAX */
export function readAnswer(answer: string, codecs: readonly Codec[]): AgreedSound | null {
  const audio = parseSdp(answer).find(isPlainAudio);
  const codec = audio === undefined ? null : chosenCodec(audio, codecs);
  return audio === undefined || codec === null ? null : agree(audio, codec, keyPayloadType(audio));
}

function agree(audio: MediaDescription, codec: Codec, keys: string | null): AgreedSound {
  return {
    host: audio.host,
    port: audio.port,
    codec,
    keyPayloadType: keys === null ? null : Number(keys),
    maySend: audio.direction !== 'sendonly' && audio.direction !== 'inactive' && audio.host !== '0.0.0.0',
  };
}

function isPlainAudio(media: MediaDescription): boolean {
  return media.media === 'audio' && media.port !== 0 && media.protocol.toUpperCase() === 'RTP/AVP';
}

function chosenCodec(audio: MediaDescription, codecs: readonly Codec[]): Codec | null {
  for (const payloadType of audio.payloadTypes) {
    const codec = codecs.find((each) => String(payloadTypeOf[each]) === payloadType);
    if (codec !== undefined) return codec;
  }
  return null;
}

function keyPayloadType(audio: MediaDescription): string | null {
  const match = audio.payloadTypes.find((each) => audio.encodings.get(each) === 'TELEPHONE-EVENT/8000');
  return match ?? null;
}

function mirrored(offer: MediaDescription): Direction {
  if (offer.host === '0.0.0.0') return 'recvonly';
  if (offer.direction === 'sendonly') return 'recvonly';
  return offer.direction === 'recvonly' ? 'sendonly' : offer.direction;
}

function readDirection(value: string): Direction | null {
  switch (value) {
    case 'sendrecv':
    case 'sendonly':
    case 'recvonly':
    case 'inactive':
      return value;
    default:
      return null;
  }
}

function audioLines(
  port: number,
  formats: readonly (readonly [payloadType: string, encoding: string])[],
  keys: string | null,
  direction: Direction,
): readonly string[] {
  const numbers = [...formats.map(([payloadType]) => payloadType), ...(keys === null ? [] : [keys])];
  return [
    `m=audio ${port} RTP/AVP ${numbers.join(' ')}`,
    ...formats.map(([payloadType, encoding]) => `a=rtpmap:${payloadType} ${encoding}`),
    ...(keys === null ? [] : [`a=rtpmap:${keys} telephone-event/8000`, `a=fmtp:${keys} 0-15`]),
    'a=ptime:20',
    `a=${direction}`,
  ];
}

function compose(own: Own, media: readonly (readonly string[])[]): string {
  const family = own.host.includes(':') ? 'IP6' : 'IP4';
  const lines = [
    'v=0',
    `o=- ${own.sessionId} ${own.version} IN ${family} ${own.host}`,
    's=-',
    `c=IN ${family} ${own.host}`,
    't=0 0',
    ...media.flat(),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
