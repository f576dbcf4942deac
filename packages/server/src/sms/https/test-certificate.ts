import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/**
 * For tests: a certificate authority of their own and a certificate for 127.0.0.1 (RFC 5280), so that no key has to be kept and
 * the machine needs no other tool.
 */
export type TestCertificate = { readonly ca: string; readonly cert: string; readonly key: string };

export function makeTestCertificate(): TestCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const server = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const issuer = name('Madoguchi test authority');
  const isAuthority = extension([2, 5, 29, 19], sequence(Buffer.from([0x01, 1, 0xff])));
  const isLoopback = extension([2, 5, 29, 17], sequence(tagged(0x87, Buffer.from([127, 0, 0, 1]))));
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' });
  return {
    ca: certificate(1, issuer, issuer, authority.publicKey, isAuthority, authority.privateKey),
    cert: certificate(2, issuer, name('127.0.0.1'), server.publicKey, isLoopback, authority.privateKey),
    key: key.toString(),
  };
}

function certificate(
  serial: number,
  issuer: Buffer,
  subject: Buffer,
  subjectKey: KeyObject,
  extensions: Buffer,
  signer: KeyObject,
): string {
  const signedWith = sequence(objectId([1, 2, 840, 10_045, 4, 3, 2]));
  const toBeSigned = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([serial])),
    signedWith,
    issuer,
    sequence(time('20200101000000Z'), time('20991231235959Z')),
    subject,
    subjectKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extensions)),
  );
  const signature = sign('sha256', toBeSigned, signer);
  const der = sequence(toBeSigned, signedWith, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function name(commonName: string): Buffer {
  const attribute = sequence(objectId([2, 5, 4, 3]), tagged(0x0c, Buffer.from(commonName)));
  return sequence(tagged(0x31, attribute));
}

function time(generalized: string): Buffer {
  return tagged(0x18, Buffer.from(generalized, 'latin1'));
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(objectId(id), tagged(0x04, value));
}

function objectId([first = 0, second = 0, ...rest]: readonly number[]): Buffer {
  const octets = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from([first * 40 + second, ...octets]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** Tag, length, value (X.690, 8.1). */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}
