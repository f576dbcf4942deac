import { expect, test } from 'vitest';
import type { SipHeader, SipResponse } from '../telephone/sip/message.ts';
import { authorizationFor, readChallenges } from './probe-digest.ts';

function challenged(...headers: readonly SipHeader[]): SipResponse {
  return { kind: 'response', status: 401, reasonPhrase: 'Unauthorized', headers, body: '' };
}

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])('the example of RFC 7616 3.9.1 is answered as it says: %s', (algorithm, response) => {
  const value = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const [challenge] = readChallenges(challenged(['WWW-Authenticate', value]));
  if (challenge === undefined) throw new Error('the challenge was not read');
  const [name, proof] = authorizationFor(challenge, {
    user: 'Mufasa',
    password: 'Circle of Life',
    method: 'GET',
    uri: '/dir/index.html',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  });
  expect(name).toBe('Authorization');
  expect(proof).toContain(`response="${response}"`);
  expect(proof).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
});

test('of several challenges the first that we know is taken; a way of proof that we do not know is none', () => {
  const challenges = readChallenges(
    challenged(
      ['WWW-Authenticate', 'Digest realm="r", nonce="1", algorithm=SHA3-512'],
      ['WWW-Authenticate', 'Digest realm="r", nonce="2", qop="auth-int"'],
      ['WWW-Authenticate', 'Basic realm="r"'],
      [
        'WWW-Authenticate',
        'Digest realm="r, with a comma", nonce="3", algorithm=sha-256, qop="auth", stale=TRUE',
      ],
      ['Proxy-Authenticate', 'Digest realm="p", nonce="4"'],
    ),
  );
  expect(challenges).toMatchObject([
    { from: 'www-authenticate', realm: 'r, with a comma', nonce: '3', stale: true, qopAuth: true },
    { from: 'proxy-authenticate', realm: 'p', nonce: '4', algorithm: null, stale: false, qopAuth: false },
  ]);
});
