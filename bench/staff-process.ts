import { setTimeout as pause } from 'node:timers/promises';
import { createTelephone, type IncomingCall } from '@madoguchi/telephony/telephone';
import { courseOf } from './call-evidence.ts';
import { sharedClock } from './monotonic.ts';
import { STAFF, STAFF_MARKER } from './plan-transfer.ts';
import { servesItsParent } from './serves-its-parent.ts';
import { staffPort } from './sound-ports.ts';
import { type StaffOrder, StaffOrderSchema, type StaffReport } from './staff-messages.ts';

/** A leg whose end is still on its way when the round is over. */
const END_GRACE_MS = 2_000;

/**
 * The staff's telephones, in one process: they answer every call at once, speak, and hang up where their number says so. Tells its SIP port
 * to its parent, takes orders (StaffOrder), and answers each.
 */
servesItsParent();
const round = { originMs: 0, talkMs: 0, taken: 0 };
const telephone = await createTelephone({
  localAddress: '127.0.0.1',
  transport: 'udp',
  codecs: ['PCMU'],
  keepSound: false,
  heldPort: () => staffPort(round.taken++),
  clock: sharedClock,
});
let calls: IncomingCall[] = [];

telephone.onIncoming(async (call) => {
  calls.push(call);
  call.ring();
  await call.answer();
  void call.play({ marker: STAFF_MARKER });
  if (call.to.user !== STAFF.hangsUp.number) return;
  await Promise.race([pause(round.talkMs), call.ended]);
  await call.hangUp();
});
process.on('message', (message) => void answer(StaffOrderSchema.parse(message)));
process.send?.({ sipPort: telephone.port });

async function answer(order: StaffOrder): Promise<void> {
  process.send?.(order.what === 'begin' ? begin(order) : await tell());
}

function begin({ originMs, talkMs }: Extract<StaffOrder, { what: 'begin' }>): { sipPort: number } {
  calls = [];
  Object.assign(round, { originMs, talkMs, taken: 0 });
  return { sipPort: telephone.port };
}

async function tell(): Promise<StaffReport> {
  await Promise.race([Promise.all(calls.map((call) => call.ended)), pause(END_GRACE_MS)]);
  await Promise.all(calls.map((call) => call.hangUp()));
  const legs = await Promise.all(
    calls.map(async (call) => ({
      from: call.from.user,
      to: call.to.user,
      ...(await courseOf(call, [], round.originMs)),
    })),
  );
  return { legs, latestSendMs: telephone.pacing.maxLateMs };
}
