import { expect, test } from 'vitest';
import { houseOptionsFrom } from './house-environment.ts';

const files = { MADOGUCHI_SIP_TLS_CERTIFICATE: '/etc/city.pem', MADOGUCHI_SIP_TLS_KEY: '/etc/city.key' };

test('trunks may use TLS where the operator names a certificate and its key', () => {
  expect(houseOptionsFrom({}, '/data').sip.tls).toBeNull();
  expect(houseOptionsFrom(files, '/data').sip.tls).toEqual({
    port: 5061,
    certificate: '/etc/city.pem',
    privateKey: '/etc/city.key',
    authorities: null,
  });
});

test('a certificate without its key, or a path that is none, is told by the name of its variable', () => {
  expect(() => houseOptionsFrom({ MADOGUCHI_SIP_TLS_CERTIFICATE: '/etc/city.pem' }, '/data')).toThrow(
    /MADOGUCHI_SIP_TLS_KEY/,
  );
  expect(() => houseOptionsFrom({ ...files, MADOGUCHI_SIP_TLS_AUTHORITIES: 'a\nb' }, '/data')).toThrow(
    /MADOGUCHI_SIP_TLS_AUTHORITIES/,
  );
});
