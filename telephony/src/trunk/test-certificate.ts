import { generateKeyPairSync, sign } from 'node:crypto';

/** Object identifiers in DER: ecdsa-with-SHA256, commonName, subjectAltName. */
const SIGNED_BY_ECDSA = der(0x06, '2a8648ce3d040302');
const COMMON_NAME = der(0x06, '550403');
const OTHER_NAMES = der(0x06, '551d11');
const HOUR_MS = 3_600_000;

/** A certificate for a host name that vouches for itself (RFC 5280), good for an hour around `nowMs`, and its key; both PEM. For tests only. */
export function selfSignedCertificate(
  hostName: string,
  nowMs: number,
): { readonly certificate: string; readonly privateKey: string } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = der(0x30, SIGNED_BY_ECDSA);
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(hostName)))));
  const otherNames = der(0x30, OTHER_NAMES, der(0x04, der(0x30, der(0x82, Buffer.from(hostName)))));
  const statement = der(
    0x30,
    der(0xa0, der(0x02, '02')),
    der(0x02, '01'),
    algorithm,
    name,
    der(0x30, utcTime(nowMs - HOUR_MS), utcTime(nowMs + HOUR_MS)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, otherNames)),
  );
  const signature = der(0x03, '00', sign('sha256', statement, keys.privateKey));
  const base64 = der(0x30, statement, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Tag, length and contents (X.690); a text is hexadecimal. Contents of up to 65,535 bytes. */
function der(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(
    contents.map((each) => (typeof each === 'string' ? Buffer.from(each, 'hex') : each)),
  );
  const size = content.length;
  const length = size < 0x80 ? [size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** YYMMDDhhmmssZ */
function utcTime(ms: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}
