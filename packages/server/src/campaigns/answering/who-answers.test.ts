import { expect, test } from 'vitest';
import { type HeardSound, lookAgainAtMs, whoAnswers } from './who-answers.ts';

const heard = (...sounds: readonly (readonly [number, number])[]): readonly HeardSound[] =>
  sounds.map(([beginMs, endMs]) => ({ beginMs, endMs }));
const at = (nowMs: number, sounds: readonly HeardSound[]) =>
  whoAnswers({ sounds, nowMs, faxTone: false, keyPressed: false });

test('who says a word and waits is a person, told within two seconds of it', () => {
  const yes = heard([600, 1_100]);
  expect(at(1_500, yes)).toBeNull();
  expect(at(2_700, yes)).toBe('human');
  expect(at(4_200, heard([300, 700], [1_800, 2_600]))).toBe('human');
});

test('a recorded voice is no person while it speaks, and a machine once its tone was heard', () => {
  const speaking = [{ beginMs: 800, endMs: null }];
  expect(at(3_000, speaking)).toBeNull();
  expect(at(9_000, speaking)).toBeNull();
  const greeting = heard([800, 4_300], [4_900, 8_700]);
  expect(at(10_000, greeting)).toBeNull();
  expect(at(11_500, [...greeting, ...heard([10_300, 11_000])])).toBeNull();
  expect(at(12_600, [...greeting, ...heard([10_300, 11_000])])).toBe('machine');
});

test('a recorded voice after which nobody comes is a machine too', () => {
  expect(at(21_000, heard([800, 8_700]))).toBe('machine');
});

test('a voice some time after a recorded one is somebody who listened to who calls', () => {
  expect(at(15_000, heard([800, 7_000], [12_000, 13_000]))).toBe('callScreening');
});

test('a key always wins, and a fax is known by its tone', () => {
  const recorded = heard([800, 8_700], [9_800, 10_500]);
  expect(whoAnswers({ sounds: recorded, nowMs: 12_000, faxTone: true, keyPressed: true })).toBe('human');
  expect(whoAnswers({ sounds: heard([200, 3_400]), nowMs: 3_500, faxTone: true, keyPressed: false })).toBe(
    'fax',
  );
});

test('who cannot be told is said to be unknown', () => {
  expect(at(4_900, [])).toBeNull();
  expect(at(5_000, [])).toBe('unknown');
  expect(at(5_200, heard([500, 3_600]))).toBe('unknown');
});

test('it is looked at again when something can be told, and not for ever', () => {
  for (const sounds of [[], heard([600, 1_100]), heard([800, 8_700]), heard([500, 3_600])]) {
    let nowMs = 0;
    for (let looks = 0; at(nowMs, sounds) === null; looks += 1) {
      expect(looks).toBeLessThan(5);
      const nextMs = lookAgainAtMs({ sounds, nowMs, faxTone: false, keyPressed: false });
      expect(nextMs).toBeGreaterThan(nowMs);
      nowMs = nextMs;
    }
  }
});
