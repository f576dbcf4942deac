import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventRow } from './call-record.ts';
import { createEventSeal } from './event-seal.ts';

const key = (id: string) => ({ id, key: randomBytes(32).toString('base64') });
const [first, second] = [key('first'), key('second')];
const event = { type: 'keyPressed', key: '7' } as const;
const context = {
  callId: 'call-1',
  phoneNumber: '0725001001',
  callerNumber: '09000001234',
  callerKind: 'mobile',
  bundleId: 'b',
  beganAt: '2026-06-01T10:00:00+09:00',
} as const;
const row = eventRow(context, { day: '2026-06-01', hour: 10 }, { seq: 4, atMs: 9, event }, 0, 'n', []);

test('a sealed row tells its type and the key it needs, and only the key opens it', () => {
  const seal = createEventSeal([first]);
  const sealed = seal.seal(row);
  expect(sealed).toMatchObject({ type: 'keyPressed', sealed_with: 'first', seq: 4 });
  expect(sealed.event).toEqual({ type: 'keyPressed', sealed: expect.any(String) });
  expect(seal.open(sealed)).toEqual(event);
  expect(seal.open(row)).toEqual(event);
  expect(seal.seal(row).event).not.toEqual(sealed.event);
});

test('after a change of keys the older rows can still be read', () => {
  const sealed = createEventSeal([first]).seal(row);
  const changed = createEventSeal([second, first]);
  expect(changed.open(sealed)).toEqual(event);
  expect(changed.seal(row).sealed_with).toBe('second');
});

test('a row that was moved, changed, or sealed with an unknown key does not open', () => {
  const seal = createEventSeal([first]);
  const sealed = seal.seal(row);
  const broken = expect.objectContaining({ code: 'broken' });
  expect(() => seal.open({ ...sealed, seq: 5 })).toThrow(broken);
  expect(() => seal.open({ ...sealed, call_id: 'call-2' })).toThrow(broken);
  expect(() => seal.open({ ...sealed, event: { type: 'keyPressed', sealed: 'AAAA' } })).toThrow(broken);
  expect(() => createEventSeal([{ ...second, id: 'first' }]).open(sealed)).toThrow(broken);
  const missing = expect.objectContaining({ code: 'keyMissing' });
  expect(() => createEventSeal([second]).open(sealed)).toThrow(missing);
});

test('a key that is too short is refused at the start', () => {
  const short = { id: 'short', key: randomBytes(16).toString('base64') };
  expect(() => createEventSeal([short])).toThrow(RangeError);
});
