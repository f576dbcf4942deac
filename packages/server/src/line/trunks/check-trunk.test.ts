import { draftOf, type Trunk, type TrunkDraft, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { expect, test } from 'vitest';
import { checkTrunk, type TrunkSurroundings } from './check-trunk.ts';
import { overlap } from './source-overlap.ts';

const CARRIER = trunkOfProfile('sbc', { id: 'carrier', name: '本庁の回線', host: '192.0.2.10' });
const REGISTERING = trunkOfProfile('register050', {
  id: 'numbers',
  name: '050の回線',
  host: 'sip.example.jp',
  accounts: [{ number: '0725001001', user: 'counter', password: 'kept-secret' }],
});

function check(trunk: Trunk, changes: Partial<TrunkDraft> = {}, around: Partial<TrunkSurroundings> = {}) {
  return checkTrunk(
    { ...draftOf(trunk), ...changes },
    {
      id: trunk.id,
      kept: trunk,
      others: [],
      passedOnTo: new Map(),
      speaksTls: false,
      portsInUse: [],
      ...around,
    },
  );
}

/** Fields that are objected to. */
function objections(...[trunk, changes, around]: Parameters<typeof check>): readonly string[] {
  const checked = check(trunk, changes, around);
  return checked.ok ? [] : checked.problems.map(({ path }) => path);
}

test('a password that is left empty stays as it is, one that is typed takes its place, and a new number needs one', () => {
  const kept = check(REGISTERING, { name: '新しい名前' });
  expect(kept.ok && kept.trunk.accounts).toEqual(REGISTERING.accounts);
  const typed = check(REGISTERING, {
    accounts: [{ number: '0725001001', user: 'counter', password: 'typed-secret' }],
  });
  expect(typed.ok && typed.trunk.accounts[0]?.password).toBe('typed-secret');
  const renumbered = check(REGISTERING, {
    accounts: [{ number: '0725001009', user: 'counter', password: null }],
  });
  expect(renumbered.ok && renumbered.trunk.accounts[0]?.password).toBe('kept-secret');
  const added = draftOf(REGISTERING).accounts.concat({ number: '0725001002', user: 'other', password: null });
  expect(objections(REGISTERING, { accounts: added })).toEqual(['accounts.1.password']);
});

test('two trunks are not to have an address in common, whether written as address, network or name', () => {
  const others = [CARRIER];
  expect(objections(REGISTERING, {}, { others })).toEqual([]);
  expect(objections(REGISTERING, { host: '192.0.2.10' }, { others })).toEqual(['host']);
  expect(objections(REGISTERING, { match: ['198.51.100.1', '192.0.2.0/28'] }, { others })).toEqual([
    'match.1',
  ]);
  expect(overlap('192.0.2.0/24', '192.0.2.128/25')).toBe(true);
  expect(overlap('192.0.2.128/25', '192.0.2.0/24')).toBe(true);
  expect(overlap('192.0.2.0/25', '192.0.2.128/25')).toBe(false);
  expect(overlap('2001:db8::/32', '2001:db8:1::1')).toBe(true);
  expect(overlap('SIP.example.jp', 'sip.EXAMPLE.jp')).toBe(true);
});

test('a number is registered once only, on this trunk and on all', () => {
  const twice = [...draftOf(REGISTERING).accounts, { number: '0725001001', user: 'b', password: 'x' }];
  expect(objections(REGISTERING, { accounts: twice })).toEqual(['accounts.1.number']);
  const other = { ...REGISTERING, id: 'other', host: 'other.example.jp' };
  expect(objections(REGISTERING, {}, { others: [other] })).toEqual(['accounts.0.number']);
});

test('behind address translation a trunk needs a port that neither another trunk nor this machine listens on', () => {
  const nat = { publicAddress: '198.51.100.9', localPort: 5080, localNetworks: [] };
  const other = { ...REGISTERING, id: 'other', host: 'other.example.jp', accounts: [], nat };
  expect(objections(CARRIER, { nat }, { others: [{ ...other, nat: { ...nat, localPort: 5081 } }] })).toEqual(
    [],
  );
  for (const [around, user] of [
    [{ others: [other] }, '回線「050の回線」'],
    [{ others: [{ ...other, transport: 'tcp' as const }] }, '回線「050の回線」'],
    [{ portsInUse: [5060, 5080] }, 'このシステム自身'],
  ] as const) {
    const checked = check(CARRIER, { nat }, around);
    expect(checked.ok ? [] : checked.problems).toEqual([
      {
        path: 'nat.localPort',
        message: `このポートは、${user}が使っています。ほかの番号を入力してください。`,
      },
    ]);
  }
});

test('no share is larger than what the contract allows in all', () => {
  const lines = { ...CARRIER.lines, total: 10, received: 11, transferred: 10, placed: 200 };
  expect(objections(CARRIER, { lines })).toEqual(['lines.received', 'lines.placed']);
});

test('TLS needs a certificate of this machine, and encrypted sound needs TLS', () => {
  expect(objections(CARRIER, { transport: 'tls' })).toEqual(['transport']);
  expect(objections(CARRIER, { transport: 'tls', srtp: true }, { speaksTls: true })).toEqual([]);
  expect(objections(CARRIER, { srtp: true })).toEqual(['srtp']);
});

test('every field that is wrong is objected to at once, each with its own words in Japanese', () => {
  const changes: Partial<TrunkDraft> = {
    name: '',
    host: 'not a host',
    port: null,
    match: ['nowhere'],
    accounts: [{ number: '０７２５', user: 'with space', password: 'line\nbreak' }],
    nat: { publicAddress: 'here', localPort: 0, localNetworks: ['192.168.1.0/24', 'x'] },
    presentedNumber: 'nobody',
    codecs: [],
    lines: {
      total: 0,
      received: 1,
      transferred: -1,
      placed: 1,
      whenFull: { type: 'announcement', lines: 0 },
    },
    checkEveryS: 3.5,
  };
  const checked = check(REGISTERING, changes);
  const problems = checked.ok ? [] : checked.problems;
  expect(problems.map(({ path }) => path).toSorted()).toEqual(
    [
      ...['accounts.0.number', 'accounts.0.password', 'accounts.0.user', 'checkEveryS', 'codecs', 'host'],
      ...['lines.placed', 'lines.received', 'lines.total', 'lines.transferred', 'lines.whenFull.lines'],
      ...['match.0', 'name', 'nat.localNetworks.1', 'nat.localPort', 'nat.publicAddress', 'port'],
      'presentedNumber',
    ].toSorted(),
  );
  for (const { path, message } of problems) {
    expect([path, message]).toEqual([path, expect.stringMatching(/^[^a-z]*[ぁ-ん].*。$/)]);
    expect(message).not.toBe('入力内容をご確認ください。');
  }
});

test('a kind that registers needs a number to register', () => {
  expect(objections(REGISTERING, { accounts: [] })).toEqual(['accounts']);
});

test('a number that calls are passed on to is not registered: they would come back', () => {
  const passedOnTo = new Map([['0725009001', '資格給付']]);
  const changed = check(
    REGISTERING,
    { accounts: [{ number: '0725009001', user: 'counter', password: 'x' }] },
    { passedOnTo },
  );
  expect(changed.ok ? [] : changed.problems).toEqual([
    { path: 'accounts.0.number', message: expect.stringContaining('「資格給付」の転送先') },
  ]);
});

test('where a house of before has both, the password of the trunk can still be changed', () => {
  const accounts = [{ number: '0725001001', user: 'counter', password: 'new' }];
  expect(objections(REGISTERING, { accounts }, { passedOnTo: new Map([['0725001001', '窓口']]) })).toEqual(
    [],
  );
});
