import { setTimeout as pause } from 'node:timers/promises';
import { createTelephone, type IncomingCall } from '@madoguchi/telephony/telephone';
import { CitizenOrderSchema, type CitizensReport, type ReceivedCall } from './citizen-messages.ts';
import { citizenPlan, TALK_MS } from './dial-plan.ts';
import { sharedClock } from './monotonic.ts';
import { servesItsParent } from './serves-its-parent.ts';

/** No answer, after it rang (RFC 3398 8.2.6.1). */
const UNANSWERED = 480;

/** The telephones of all citizens, in one process: ring, answer or not, listen, hang up (dial-plan.ts). Tells its SIP port to its parent. */
servesItsParent();
const telephone = await createTelephone({
  localAddress: '127.0.0.1',
  transport: 'udp',
  codecs: ['PCMU'],
  keepSound: false,
  clock: sharedClock,
});
const received: { readonly call: IncomingCall; answeredAtMs: number | null; endedAtMs: number | null }[] = [];

telephone.onIncoming(async (call) => {
  const mine: (typeof received)[number] = { call, answeredAtMs: null, endedAtMs: null };
  received.push(mine);
  void call.ended.then(({ atMs }) => {
    mine.endedAtMs = call.startedAtMs + atMs;
  });
  const { ringMs, answers } = citizenPlan(call.to.user);
  call.ring();
  await Promise.race([pause(ringMs), call.ended]);
  if (!answers) return call.reject(UNANSWERED);
  if (mine.endedAtMs !== null) return;
  const answered = call.answer();
  mine.answeredAtMs = sharedClock.nowMs();
  await answered;
  await Promise.race([pause(TALK_MS), call.ended]);
  await call.hangUp();
});
process.on('message', (message) => {
  CitizenOrderSchema.parse(message);
  process.send?.({
    calls: received.map(({ call, ...times }) => courseOf(call, times)),
    latestSendMs: telephone.pacing.maxLateMs,
  } satisfies CitizensReport);
});
process.send?.({ sipPort: telephone.port });

function courseOf(call: IncomingCall, times: Pick<ReceivedCall, 'answeredAtMs' | 'endedAtMs'>): ReceivedCall {
  const { firstPacketAtMs } = call.rtpStats();
  return {
    to: call.to.user,
    sipCallId: call.sipCallId,
    atMs: call.startedAtMs,
    heardAtMs: firstPacketAtMs === null ? null : call.startedAtMs + firstPacketAtMs,
    ...times,
  };
}
