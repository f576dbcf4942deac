import { createServer, type Socket } from 'node:net';
import type { SmsClock } from '../log.ts';
import { type Behaviour, type BehaviourChange, BehaviourSchema } from './behaviour.ts';
import { MessageIds } from './message-ids.ts';
import { Reassembly } from './reassembly.ts';
import { type DueReceipt, receiptBody } from './receipts.ts';
import { openReceivedTexts, type ReceivedText } from './received-texts.ts';
import { SmscSession } from './session.ts';
import { cString, type WireSubmit } from './wire.ts';

/** What the simulated gateway has seen since its start. */
export type SmscStatus = {
  readonly sessions: number;
  readonly binds: number;
  readonly refusedBinds: number;
  readonly submits: number;
  readonly taken: number;
  readonly throttled: number;
  readonly refused: number;
  readonly incompleteTexts: number;
  /** Parts that came twice with the same words to the same telephone. */
  readonly doubledParts: number;
  readonly enquireLinks: number;
  readonly receiptsAnswered: number;
  readonly receiptsSentBack: number;
  readonly receiptsWaiting: number;
};

/** A simulated SMS centre: speaks SMPP 3.4 on loopback, joins parts and keeps the texts. */
export interface Smsc {
  readonly port: number;
  readonly textsNewestFirst: readonly ReceivedText[];
  readonly status: SmscStatus;
  readonly behaviour: Behaviour;
  change(change: BehaviourChange): void;
  /** Cuts every connection without a word. */
  cutConnections(): void;
  /** Calls `listener` after anything that `status` or `textsNewestFirst` shows has changed. */
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}

/**
 * Starts a simulated SMS centre on 127.0.0.1.
 * @param options.port 0 for any free one
 * @param options.textsPath file of received texts, made if missing; outlives the simulator
 */
export async function startSmsc(options: {
  readonly port: number;
  readonly systemId: string;
  readonly password: string;
  readonly textsPath: string;
  readonly clock: SmsClock;
}): Promise<Smsc> {
  const { clock } = options;
  const texts = await openReceivedTexts(options.textsPath);
  const reassembly = new Reassembly();
  const sessions = new Set<SmscSession>();
  const listeners = new Set<() => void>();
  const timers = new Set<NodeJS.Timeout>();
  const undelivered: DueReceipt[] = [];
  let held: DueReceipt[] = [];
  let heldTimer: NodeJS.Timeout | null = null;
  let behaviour = BehaviourSchema.parse({});
  const ids = new MessageIds();
  const seen = { binds: 0, refusedBinds: 0, submits: 0, taken: 0, throttled: 0, refused: 0, enquireLinks: 0 };
  const receipts = { answered: 0, sentBack: 0, outstanding: 0 };
  /** When the submits of the last second were taken, by the monotonic clock. */
  let takenLately: number[] = [];

  const changed = () => {
    for (const listener of listeners) listener();
  };

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  /** Resolves when the receipt was answered; one sent back comes again. */
  async function deliver(due: DueReceipt): Promise<void> {
    const session = [...sessions].find((each) => each.receivesReceipts);
    if (session === undefined) {
      undelivered.push(due);
      return;
    }
    receipts.outstanding += 1;
    const status = await session.deliver(receiptBody(due, behaviour, clock.now()));
    receipts.outstanding -= 1;
    if (status === 0) receipts.answered += 1;
    else if (status === null) undelivered.push(due);
    else {
      receipts.sentBack += 1;
      later(300, () => void deliver(due));
    }
    changed();
  }

  function deliverWhenDue(due: DueReceipt): void {
    if (behaviour.receiptOrder === 'inOrder') {
      later(behaviour.receiptDelayMs, () => void deliver(due));
      return;
    }
    held.push(due);
    if (heldTimer !== null) clearTimeout(heldTimer);
    heldTimer = setTimeout(() => {
      for (const each of held.toReversed()) void deliver(each);
      held = [];
    }, behaviour.receiptDelayMs);
  }

  /** Takes a submit in and says how to answer it: by a body, not at all, or by cutting the connection. */
  async function take(submit: WireSubmit): Promise<Buffer | 'silence' | 'cut'> {
    seen.taken += 1;
    const id = ids.next(behaviour.messageIdForm);
    const submittedAt = clock.now();
    const whole = reassembly.add(submit, id.answered);
    const wantsReceipt = (submit.registeredDelivery & 0x03) === 0x01;
    const [state = behaviour.receiptState, ...laterStates] = behaviour.receiptStates;
    const due: DueReceipt = {
      messageId: id.inReceipt,
      phone: submit.to,
      sender: submit.from,
      submittedAt,
      state,
      userReference: submit.userReference,
    };
    const cut = behaviour.cutAtSubmit === 1;
    const silent = behaviour.dropResponses > 0;
    behaviour = {
      ...behaviour,
      receiptStates: laterStates,
      cutAtSubmit: Math.max(0, behaviour.cutAtSubmit - 1),
      dropResponses: Math.max(0, behaviour.dropResponses - 1),
    };
    if (whole !== null) await texts.add({ receivedAt: submittedAt.toISOString(), ...whole });
    changed();
    const dues = wantsReceipt ? receiptsFor(due) : [];
    if (behaviour.receiptOrder === 'beforeResponse') for (const each of dues) await deliver(each);
    else for (const each of dues) deliverWhenDue(each);
    if (behaviour.responseDelayMs > 0) {
      await new Promise<void>((resolve) => later(behaviour.responseDelayMs, resolve));
    }
    if (cut) return 'cut';
    return silent ? 'silence' : cString(id.answered);
  }

  function receiptsFor(due: DueReceipt): readonly DueReceipt[] {
    const stray = { ...due, messageId: ids.next(behaviour.messageIdForm).inReceipt, userReference: null };
    return [
      ...(behaviour.strayReceipts ? [stray] : []),
      ...Array.from({ length: behaviour.receiptTimes }, () => due),
    ];
  }

  /** Whether a further submit would be too many within one second. */
  function isTooFast(): boolean {
    if (behaviour.submitsPerSecond === 0) return false;
    const now = performance.now();
    takenLately = takenLately.filter((at) => at > now - 1_000);
    if (takenLately.length >= behaviour.submitsPerSecond) return true;
    takenLately.push(now);
    return false;
  }

  const server = createServer((socket: Socket) => {
    const session = new SmscSession(socket, {
      isDeaf: () => behaviour.deaf,
      bind({ systemId, password }) {
        const welcome = systemId === options.systemId && password === options.password;
        if (welcome) seen.binds += 1;
        else seen.refusedBinds += 1;
        changed();
        return welcome;
      },
      bound() {
        for (const due of undelivered.splice(0)) void deliver(due);
        changed();
      },
      async submit(submit) {
        seen.submits += 1;
        if (behaviour.refuse.includes(submit.to)) {
          seen.refused += 1;
          changed();
          return 'refused';
        }
        if (behaviour.throttle > 0 || behaviour.queueFull > 0 || isTooFast()) {
          seen.throttled += 1;
          const answer = behaviour.queueFull > 0 ? 'queueFull' : 'throttled';
          behaviour = {
            ...behaviour,
            throttle: Math.max(0, behaviour.throttle - 1),
            queueFull: Math.max(0, behaviour.queueFull - 1),
          };
          changed();
          return answer;
        }
        const lost = behaviour.loseAtSubmit === 1;
        behaviour = { ...behaviour, loseAtSubmit: Math.max(0, behaviour.loseAtSubmit - 1) };
        if (lost) {
          changed();
          return 'cut';
        }
        return await take(submit);
      },
      enquired() {
        seen.enquireLinks += 1;
        changed();
      },
      closed() {
        sessions.delete(session);
        changed();
      },
    });
    sessions.add(session);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;

  return {
    port,
    get textsNewestFirst() {
      return texts.newestFirst;
    },
    get status() {
      return {
        sessions: sessions.size,
        ...seen,
        incompleteTexts: reassembly.incomplete,
        doubledParts: reassembly.doubledParts,
        receiptsAnswered: receipts.answered,
        receiptsSentBack: receipts.sentBack,
        receiptsWaiting: undelivered.length + held.length + receipts.outstanding,
      };
    },
    get behaviour() {
      return behaviour;
    },
    change(change) {
      behaviour = BehaviourSchema.parse({ ...behaviour, ...change });
    },
    cutConnections() {
      for (const session of sessions) session.cut();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      if (heldTimer !== null) clearTimeout(heldTimer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.cut();
      await closed;
      await texts.close();
    },
  };
}
