import { createTelephone } from '@madoguchi/telephony/telephone';
import { type CallerOrder, CallerOrderSchema, type CallerReport } from './caller-messages.ts';
import { judgeCall } from './judge.ts';
import { LoopWatch } from './loop-watch.ts';
import { monotonicMs, sharedClock } from './monotonic.ts';
import { placeCall } from './place-call.ts';
import { servesItsParent } from './serves-its-parent.ts';

/** A process full of callers: takes rounds (CallerOrder) from its parent, one after another, and answers each with a CallerReport. */
servesItsParent();
process.on('message', (message) => void answer(CallerOrderSchema.parse(message)));

async function answer(order: CallerOrder): Promise<void> {
  const report = await makeCalls(order);
  process.send?.(report);
}

async function makeCalls({ originMs, server, calls }: CallerOrder): Promise<CallerReport> {
  const watch = new LoopWatch();
  watch.start();
  const telephone = await createTelephone({
    localAddress: '127.0.0.1',
    transport: 'udp',
    codecs: ['PCMU'],
    keepSound: false,
    clock: sharedClock,
  });
  try {
    const judged = await Promise.all(
      calls.map(async (plan) => {
        const evidence = await placeCall(plan, {
          telephone,
          server,
          originMs,
          nowMs: monotonicMs,
          ownLatenessMs: (readAtMs) => watch.ownLatenessMs(readAtMs),
        });
        const { failures, keyToAnnouncementMs, keyToStaffMs } = judgeCall(plan, evidence);
        return {
          index: plan.index,
          failures: [...failures],
          keyToAnnouncementMs: [...keyToAnnouncementMs],
          keyToStaffMs: [...keyToStaffMs],
        };
      }),
    );
    const [first] = calls;
    return {
      calls: judged,
      ...watch.report(originMs + (first?.steadyFromMs ?? 0), originMs + (first?.steadyToMs ?? 0)),
    };
  } finally {
    watch.stop();
    await telephone.close();
  }
}
