import { setTimeout as pause } from 'node:timers/promises';
import { createTelephone, type IncomingCall } from '@madoguchi/telephony/telephone';
import { evidenceOf } from './call-evidence.ts';
import { LoopWatch } from './loop-watch.ts';
import { sharedClock } from './monotonic.ts';
import { STAFF, STAFF_MARKER } from './plan-transfer.ts';
import { servesItsParent } from './serves-its-parent.ts';
import { type StaffLeg, type StaffOrder, StaffOrderSchema, type StaffReport } from './staff-messages.ts';

/**
 * The staff's telephones, in one process: they answer every call at once, speak, and hang up where their number says so. Tells its SIP port
 * to its parent, takes orders (StaffOrder), and answers each.
 */
/** A leg whose end is still on its way when the round is over. */
const END_GRACE_MS = 2_000;

servesItsParent();
const watch = new LoopWatch();
const telephone = await createTelephone({
  localAddress: '127.0.0.1',
  transport: 'udp',
  codecs: ['PCMU'],
  keepSound: false,
  clock: sharedClock,
});
const round = { originMs: 0, talkMs: 0 };
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
  process.send?.(order.what === 'begin' ? begin(order) : await tell(order));
}

function begin({ originMs, talkMs }: Extract<StaffOrder, { what: 'begin' }>): { sipPort: number } {
  calls = [];
  Object.assign(round, { originMs, talkMs });
  watch.start();
  return { sipPort: telephone.port };
}

async function tell(order: Extract<StaffOrder, { what: 'tell' }>): Promise<StaffReport> {
  await Promise.race([Promise.all(calls.map((call) => call.ended)), pause(END_GRACE_MS)]);
  await Promise.all(calls.map((call) => call.hangUp()));
  watch.stop();
  const { originMs } = round;
  const legs = await Promise.all(
    calls.map(async (call): Promise<StaffLeg> => {
      const evidence = await evidenceOf(call, [], {
        originMs,
        ownLatenessMs: (readAtMs) => watch.ownLatenessMs(readAtMs),
      });
      return {
        from: call.from.user,
        to: call.to.user,
        ...evidence,
        markers: [...evidence.markers],
        keysEndedAtMs: [...evidence.keysEndedAtMs],
        pauses: [...evidence.pauses],
      };
    }),
  );
  return { legs, ...watch.report(originMs + order.steadyFromMs, originMs + order.steadyToMs) };
}
