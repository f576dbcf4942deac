import { expect, test } from 'vitest';
import { trunkOfProfile } from '../trunk/index.ts';
import { dialplan } from './dialplan.ts';

const settings = {
  ariApplication: 'madoguchi',
  maxCallMs: 60_000,
  defaultApologySound: '/sounds/apology',
  fallbackNumbers: [],
  trunks: [trunkOfProfile('hikari', { id: 'main', name: '回線', host: '127.0.0.1' })],
};
const number = { number: '0725001001', fallback: null, openIntervals: [], apologySound: null };

test('a number without fallback speaks the apology and dials nobody', () => {
  const text = dialplan({ ...settings, fallbackNumbers: [number] });
  expect(text).toContain(
    'exten => 0725001001,1,Answer()\n same => n,Playback(answer-silence)\n same => n,Playback(/sounds/apology)\n same => n,Hangup()',
  );
  // What follows is the fallback alone; calls that are passed on are dialled elsewhere.
  expect(text.slice(text.indexOf('[fallback]'))).not.toContain('Dial(');
});

test('a fallback is dialled from the first to before the last moment of the opening hours', () => {
  const openIntervals = [{ fromEpochMs: 1_000_000, toEpochMs: 2_000_000 }];
  const text = dialplan({
    ...settings,
    fallbackNumbers: [{ ...number, fallback: '0725009009', openIntervals }],
  });
  expect(text).toMatch(/GotoIf\(\$\[\$\{EPOCH\} >= 1000 & \$\{EPOCH\} < 2000\]\?dial\)/);
  expect(text).toContain('Dial(PJSIP/0725009009@trunk-main,');
});

test.each([
  { ...number, number: '0725,1,Dial(x)' },
  { ...number, fallback: '09000000001@elsewhere' },
  { ...number, apologySound: '/a)\nexten => x' },
])('what would change the meaning of the dialplan is refused', (wrong) => {
  expect(() => dialplan({ ...settings, fallbackNumbers: [wrong] })).toThrow(RangeError);
});

test('no pattern waits for further digits', () => {
  for (const [, pattern] of dialplan(settings).matchAll(/exten => (_\S+?),/g)) expect(pattern).toMatch(/!$/);
});
