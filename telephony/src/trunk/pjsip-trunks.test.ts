import { expect, test } from 'vitest';
import { pjsipTrunks } from './pjsip-trunks.ts';
import { trunkOfProfile } from './profiles.ts';
import { endpointOf, TrunkSchema } from './trunk.ts';

const machine = { address: '192.0.2.1', tlsLines: ['cert_file = /certificate.pem'] };
const account = { number: '3', user: '0003', password: 'a;b' };
const gateway = trunkOfProfile('homeGateway', {
  id: 'main',
  name: 'x',
  host: '192.0.2.2',
  accounts: [account],
});

test('no two trunks and accounts share a section, whatever the trunks are called', () => {
  const other = trunkOfProfile('sbc', { id: 'main-0', name: 'y', host: '192.0.2.3' });
  const text = pjsipTrunks([gateway, other], machine);
  const endpoints = [...text.matchAll(/^\[(.+)\]\ntype = endpoint$/gm)].map(([, name]) => name);
  expect(new Set(endpoints).size).toBe(3);
  expect(endpoints).toContain(endpointOf(gateway, '3'));
  expect(endpoints).toContain(endpointOf(other, null));
});

test('an extension of one digit is an account, and a password may hold a semicolon', () => {
  expect(TrunkSchema.parse(gateway)).toEqual(gateway);
  expect(pjsipTrunks([gateway], machine)).toContain('password = a\\;b\n');
});

test('a trunk over TLS behind address translation shows our certificate', () => {
  const nat = { publicAddress: '192.0.2.9', localPort: 5071, localNetworks: [] };
  const trunk = trunkOfProfile('sbc', { id: 'a', name: 'x', host: '192.0.2.3', transport: 'tls', nat });
  expect(pjsipTrunks([trunk], machine)).toContain('cert_file = /certificate.pem');
});
