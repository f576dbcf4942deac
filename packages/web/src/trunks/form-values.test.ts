import { TRUNK_PROFILES, trunkDraftOfProfile } from '@madoguchi/server/trunk-contract';
import { expect, test } from 'vitest';
import { draftOfValues, valuesOf } from './form-values.ts';

test.each(TRUNK_PROFILES)('opening and saving a trunk of the kind $id changes nothing', (profile) => {
  const draft = trunkDraftOfProfile(profile);
  const stored = {
    ...draft,
    name: '本庁の回線',
    host: '192.0.2.10',
    match: ['192.0.2.0/28', '198.51.100.1'],
    accounts: [{ number: '0725001001', user: 'counter', password: null }],
    presentedNumber: '0725001002',
    nat: { publicAddress: '198.51.100.9', localPort: 5080, localNetworks: ['192.168.1.0/24'] },
  };
  for (const each of [draft, stored]) expect(draftOfValues(valuesOf(each))).toEqual(each);
});

test('full-width digits, dashes and blanks are taken as meant; what is no number is sent as none', () => {
  const [profile] = TRUNK_PROFILES;
  if (profile === undefined) throw new Error('there is no profile');
  const values = {
    ...valuesOf(trunkDraftOfProfile(profile)),
    host: ' １９２．０．２．１０ ',
    port: '５０６０',
    total: 'たくさん',
    accounts: [
      { key: 'a', number: '０７２５－００－１００１', user: ' counter ', password: '', isKept: true },
    ],
    match: '192.0.2.1、192.0.2.2\n\n192.0.2.3',
  };
  expect(draftOfValues(values)).toMatchObject({
    host: '192.0.2.10',
    port: 5060,
    lines: { total: null },
    accounts: [{ number: '0725001001', user: 'counter', password: null }],
    match: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
  });
});
