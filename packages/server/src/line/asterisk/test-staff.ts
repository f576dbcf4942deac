import type { IncomingCall, Telephone } from '@madoguchi/telephony/telephone';

export type StaffAct = (call: IncomingCall) => void | Promise<void>;

/** For tests: what the staff telephones of some numbers do; resolves with the call of each once it is there. */
export function staffWho(
  staff: Telephone,
  acts: Readonly<Record<string, StaffAct>>,
): (number: string) => Promise<IncomingCall> {
  const arrived = new Map(
    Object.keys(acts).map((number) => [number, Promise.withResolvers<IncomingCall>()] as const),
  );
  staff.onIncoming(async (call) => {
    const number = call.to.user;
    arrived.get(number)?.resolve(call);
    await (acts[number] ?? ((unexpected) => unexpected.reject(404)))(call);
  });
  return (number) => arrived.get(number)?.promise ?? Promise.reject(new Error(`nobody is at ${number}`));
}

export const rings: StaffAct = (call) => call.ring();
export const isBusy: StaffAct = (call) => call.reject(486);
/** Sound of its network before any answer; never answers. */
export const speaksTooEarly =
  (marker: number): StaffAct =>
  (call) => {
    call.progress();
    void call.play({ marker });
  };
/** Answers and speaks, as a machine does; presses nothing. */
export const answersAndSpeaks =
  (marker: number): StaffAct =>
  async (call) => {
    await call.answer();
    void call.play({ marker });
  };
