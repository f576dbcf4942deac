import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** Object identifiers in DER: ecdsa-with-SHA256, commonName, subjectAltName. */
const ECDSA_SHA256 = '06082a8648ce3d040302';
const COMMON_NAME = '0603550403';
const SUBJECT_ALT_NAME = '0603551d11';

/** Both PEM. */
export type TestCertificate = { readonly certificate: string; readonly privateKey: string };

/**
 * For tests, so that no key has to be kept and the machine needs no other tool: a certificate for some IPv4 addresses and host names that
 * vouches for itself (RFC 5280), good for a day. Who is to believe it is told that it is an authority.
 */
export function selfSignedCertificate(
  subjects: readonly [string, ...string[]],
  nowEpochMs: number,
): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = der(0x30, Buffer.from(ECDSA_SHA256, 'hex'));
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.from(COMMON_NAME, 'hex'), der(0x0c, Buffer.from(subjects[0])))),
  );
  const alternatives = subjects.map((subject) =>
    isIPv4(subject)
      ? der(0x87, Buffer.from(subject.split('.').map(Number)))
      : der(0x82, Buffer.from(subject)),
  );
  const toBeSigned = der(
    0x30,
    // Version 3.
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    der(0x30, time(nowEpochMs - 3_600_000), time(nowEpochMs + 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(0x30, der(0x30, Buffer.from(SUBJECT_ALT_NAME, 'hex'), der(0x04, der(0x30, ...alternatives)))),
    ),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = der(
    0x30,
    toBeSigned,
    algorithm,
    der(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  return {
    certificate: pem('CERTIFICATE', certificate),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** UTCTime, YYMMDDhhmmssZ. */
function time(epochMs: number): Buffer {
  const text = new Date(epochMs).toISOString().replace(/\.\d+|[-:T]/g, '');
  return der(0x17, Buffer.from(text.slice(2)));
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
