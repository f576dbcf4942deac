import { expect, test } from 'vitest';
import { answerOffer, composeOffer, parseSdp, readAnswer } from './sdp.ts';

const own = { host: '127.0.0.1', port: 4000, codecs: ['PCMU', 'PCMA'] as const, sessionId: 1, version: 1 };
const offer = (lines: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 10.0.0.1', 's=-', 'c=IN IP4 10.0.0.1', 't=0 0', ...lines].join('\r\n');

test("an answer takes the offer's first codec that we have and its number for keys, and refuses video", () => {
  const answer = answerOffer(
    offer(['m=video 9 RTP/AVP 96', 'm=audio 5000 RTP/AVP 18 8 0 97', 'a=rtpmap:97 telephone-event/8000']),
    own,
  );
  expect(answer?.agreed).toEqual({
    host: '10.0.0.1',
    port: 5000,
    codec: 'PCMA',
    keyPayloadType: 97,
    maySend: true,
  });
  expect(
    parseSdp(answer?.sdp ?? '').map(({ media, port, payloadTypes }) => ({ media, port, payloadTypes })),
  ).toEqual([
    { media: 'video', port: 0, payloadTypes: ['96'] },
    { media: 'audio', port: 4000, payloadTypes: ['8', '97'] },
  ]);
});

test('on hold we may not send and answer recvonly', () => {
  const answer = answerOffer(offer(['m=audio 5000 RTP/AVP 0', 'a=sendonly']), own);
  expect(answer?.agreed).toMatchObject({ maySend: false, keyPayloadType: null });
  expect(answer?.sdp).toContain('a=recvonly');
  expect(answerOffer(offer(['m=audio 5000 RTP/AVP 0', 'c=IN IP4 0.0.0.0']), own)?.agreed.maySend).toBe(false);
});

test('encrypted sound and unknown codecs have nothing in common with us', () => {
  expect(answerOffer(offer(['m=audio 5000 RTP/SAVP 0']), own)).toBeNull();
  expect(answerOffer(offer(['m=audio 5000 RTP/AVP 18']), own)).toBeNull();
  expect(readAnswer(offer(['m=audio 0 RTP/AVP 0']), own.codecs)).toBeNull();
});

test('our own offer, answered by ourselves, agrees on our first codec', () => {
  const answer = answerOffer(composeOffer(own), { ...own, codecs: ['PCMA', 'PCMU'], port: 4002 });
  expect(readAnswer(answer?.sdp ?? '', own.codecs)).toMatchObject({
    codec: 'PCMU',
    port: 4002,
    keyPayloadType: 101,
  });
});
