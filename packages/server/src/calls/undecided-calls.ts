import type { CallBack, CampaignCalls, ReceivedCall } from './campaign-calls.ts';
import type { NumberAsking } from './number-asking/index.ts';
import type { CallLineEvent } from './unattended-calls.ts';

/** Received calls of which it is being found out whether they are call-backs 折り返し. What is heard of them meanwhile waits, a hang-up included. */
export type UndecidedCalls = {
  /** @param begin begins the conversation: a call-back, or (null) one like any other */
  decide(call: ReceivedCall, begin: (callBack: CallBack | null) => void): void;
  /** @returns whether the call is one of these. */
  hear(event: CallLineEvent): boolean;
  countOn(phoneNumber: string): number;
  /** Hears no more: the engine is lost, or this process ends. */
  letGo(): void;
};

type Undecided = { readonly phoneNumber: string; readonly heard: CallLineEvent[] };

export function createUndecidedCalls({
  campaignCalls,
  askForNumber,
  deliver,
}: {
  readonly campaignCalls: Pick<CampaignCalls, 'calledBack'>;
  readonly askForNumber: NumberAsking;
  /** Takes what waited, once the conversation has begun. */
  readonly deliver: (event: CallLineEvent) => void;
}): UndecidedCalls {
  const calls = new Map<string, Undecided>();

  /** Whoever shows no number may key it in. */
  async function callBackOf(
    call: ReceivedCall,
    { heard }: Undecided,
    isWanted: () => boolean,
  ): Promise<CallBack | null> {
    const has = (...types: readonly CallLineEvent['type'][]) =>
      heard.some(({ type }) => types.includes(type));
    const known = await campaignCalls.calledBack(call);
    if (known !== null || call.telephone !== null || !isWanted() || has('callerHungUp', 'hungUp'))
      return known;
    const telephone = await askForNumber.ask(call.callId, has('answered'));
    return telephone === null || !isWanted() ? null : await campaignCalls.calledBack({ ...call, telephone });
  }

  return {
    decide(call, begin) {
      const { callId, phoneNumber } = call;
      const undecided: Undecided = { phoneNumber, heard: [] };
      const isWanted = () => calls.get(callId) === undecided;
      calls.set(callId, undecided);
      void callBackOf(call, undecided, isWanted).then((callBack) => {
        if (!isWanted()) return;
        calls.delete(callId);
        begin(callBack);
        for (const event of undecided.heard) deliver(event);
      });
    },
    hear(event) {
      const undecided = calls.get(event.callId);
      if (undecided === undefined) return false;
      if (event.type !== 'offered' && !askForNumber.hear(event)) undecided.heard.push(event);
      return true;
    },
    countOn: (phoneNumber) =>
      [...calls.values()].filter((undecided) => undecided.phoneNumber === phoneNumber).length,
    letGo() {
      calls.clear();
      askForNumber.letGo();
    },
  };
}
