import { afterEach, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

let world: LineUnderTest;
afterEach(() => world.close());

test.each([['udp'], ['tcp']] as const)(
  'a way to the staff that nobody listens on (%s) is unreachable',
  async (staffTransport) => {
    world = await LineUnderTest.start({ staffTransport });
    await world.connect();
    const { callId, call } = await world.answeredCall();
    await world.staff.close();
    await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 2000, recordingPath: null });
    expect(await world.events.next('transferFailed')).toMatchObject({ id: 5, reason: 'unreachable' });
    await call.hangUp();
    await world.events.next('callerHungUp');
  },
);
