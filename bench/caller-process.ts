import { createTelephone } from '@madoguchi/telephony/telephone';
import { type CallerOrder, CallerOrderSchema, type CallerReport } from './caller-messages.ts';
import { monotonicMs, sharedClock } from './monotonic.ts';
import { placeCall } from './place-call.ts';
import { servesItsParent } from './serves-its-parent.ts';
import { callerPort } from './sound-ports.ts';

/** A process full of callers: takes rounds (CallerOrder) from its parent, one after another, and answers each with a CallerReport. */
servesItsParent();
process.on('message', (message) => void answer(CallerOrderSchema.parse(message)));

async function answer(order: CallerOrder): Promise<void> {
  const report = await makeCalls(order);
  process.send?.(report);
}

async function makeCalls({ originMs, server, calls }: CallerOrder): Promise<CallerReport> {
  const ports = calls.map(({ index }) => callerPort(index)).values();
  const telephone = await createTelephone({
    localAddress: '127.0.0.1',
    transport: 'udp',
    codecs: ['PCMU'],
    keepSound: false,
    heldPort: () => ports.next().value ?? Number.NaN,
    clock: sharedClock,
  });
  try {
    const courses = await Promise.all(
      calls.map(async (plan) => {
        const course = await placeCall(plan, { telephone, server, originMs, nowMs: monotonicMs });
        return { index: plan.index, ...course };
      }),
    );
    return { calls: courses, latestSendMs: telephone.pacing.maxLateMs };
  } finally {
    await telephone.close();
  }
}
