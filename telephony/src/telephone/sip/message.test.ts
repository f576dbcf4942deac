import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNameAddress, parseSipUri } from './address.ts';
import {
  firstHeader,
  formatSipMessage,
  listHeader,
  parseSipMessage,
  readCSeq,
  readQ850Cause,
} from './message.ts';
import { StreamFraming } from './streamFraming.ts';

const awkward = [
  'INVITE sip:0725001001@127.0.0.1;transport=tcp SIP/2.0',
  'v: SIP/2.0/UDP a.example;branch=z9hG4bK1, SIP/2.0/UDP b.example;branch=z9hG4bK2',
  'Via: SIP/2.0/UDP c.example;branch=z9hG4bK3',
  'f: "Counter, \\"2\\"" <sip:+81725001001@x.example;user=phone>;tag=a1',
  't: sip:0725001001@127.0.0.1;tag=b2',
  'i: abc@x',
  'CSEQ:   7',
  '\tINVITE',
  'Reason: SIP;cause=200, Q.850;cause=17;text="busy, really"',
  'l: 4',
  '',
  'bodyand more',
].join('\r\n');

test('compact, folded, repeated and comma-joined headers are read', () => {
  const message = parseSipMessage(Buffer.from(awkward));
  expect(listHeader(message, 'via').map((via) => via.slice(-8))).toEqual([
    'z9hG4bK1',
    'z9hG4bK2',
    'z9hG4bK3',
  ]);
  expect(readCSeq(message)).toEqual({ number: 7, method: 'INVITE' });
  expect(message.body).toBe('body');
  expect(readQ850Cause(message)).toBe(17);
  const from = parseNameAddress(firstHeader(message, 'from') ?? '');
  expect(from.displayName).toBe('Counter, "2"');
  expect(from.params.get('tag')).toBe('a1');
  expect(parseSipUri(from.uri)).toMatchObject({ user: '+81725001001', host: 'x.example', port: null });
  expect(parseNameAddress(firstHeader(message, 'to') ?? '')).toMatchObject({
    uri: 'sip:0725001001@127.0.0.1',
  });
  expect(parseSipUri('tel:0725001001;phone-context=+81').user).toBe('0725001001');
});

test('a stream is cut into the same messages however the bytes arrive', () => {
  const bytes = formatSipMessage(parseSipMessage(Buffer.from(awkward)));
  const stream = Buffer.concat([bytes, Buffer.from('\r\n\r\n'), bytes, bytes]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1 }), (sizes) => {
      const framing = new StreamFraming();
      const messages: Buffer[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        messages.push(...framing.push(stream.subarray(at, at + size)));
        at += size;
      }
      expect(messages.map(String)).toEqual([bytes, bytes, bytes].map(String));
    }),
    { numRuns: 30 },
  );
});

test('what is no SIP is refused, not guessed at', () => {
  for (const text of [
    '',
    'GET / HTTP/1.1\r\n\r\n',
    'INVITE sip:x SIP/2.0\r\nl: 10\r\n\r\nshort',
    'SIP/2.0 abc\r\n\r\n',
  ]) {
    expect(() => parseSipMessage(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'SIP_SYNTAX' }));
  }
});
