import { provision } from '@madoguchi/telephony';
import type { AnsweredBy } from '../packages/server/src/campaigns/index.ts';
import { createAnswerListening } from '../packages/server/src/campaigns/index.ts';
import { systemClock } from '../packages/server/src/clock.ts';
import { LineUnderTest } from '../packages/server/src/line/asterisk/line-under-test.ts';
import { speechToolsFrom } from '../packages/server/src/speech/index.ts';
import { median, rounded } from './figures.ts';
import { GREETINGS, VOICES } from './greetings.ts';
import { describeMachine } from './machine.ts';
import { joined, room, spoken, tone } from './spoken-greeting.ts';

const AT_ONCE = 12;
const LISTEN_MS = 40_000;
/** A recorded announcement's tone, and the one of a fax (ITU-T T.30). */
const MACHINE_TONE_HZ = 1_000;
const FAX_TONE_HZ = 2_100;

type Answer = { readonly who: AnsweredBy; readonly sound: Int16Array; readonly afterMs: number };
type Told = { readonly who: AnsweredBy; readonly told: AnsweredBy | 'nothing'; readonly afterMs: number };

/**
 * How well it is told who answers: greetings spoken by a synthesiser in several voices, over real calls. Synthetic, so real telephones may do better
 * or worse. An unknown answer is treated as a person.
 */
export async function benchAnswering(options: {
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}) {
  const { onProgress, signal } = options;
  const random = pseudoRandom(20_261_130);
  const tools = speechToolsFrom(await provision(['openJtalk', 'ffmpeg'], () => undefined));
  onProgress('speaking the greetings …');
  const answers = await allAnswers(tools, random, signal);
  const world = await LineUnderTest.start();
  try {
    const waiting = new Map<string, (told: { by: AnsweredBy; afterMs: number }) => void>();
    const listening = createAnswerListening({
      line: world.line,
      clock: systemClock,
      onTold: (callId, by, afterMs) => waiting.get(callId)?.({ by, afterMs }),
      log: {
        warn: (_details: unknown, message?: string) => onProgress(`warning: ${message}`),
      },
    });
    await world.connect();
    const told: Told[] = [];
    for (let at = 0; at < answers.length; at += AT_ONCE) {
      signal.throwIfAborted();
      const batch = await Promise.all(
        answers.slice(at, at + AT_ONCE).map((answer) => placeAndListen(answer)),
      );
      told.push(...batch);
      onProgress(`${told.length} of ${answers.length} answers heard`);
    }
    return figuresOf(told);

    async function placeAndListen({ who, sound, afterMs }: Answer): Promise<Told> {
      const call = await world.call();
      const { sipCallId } = call;
      const callId = await offeredAs(sipCallId);
      const heard = new Promise<{ by: AnsweredBy; afterMs: number } | null>((resolve) => {
        const cancel = systemClock.after(LISTEN_MS, () => resolve(null));
        waiting.set(callId, (tell) => {
          cancel();
          resolve(tell);
        });
      });
      await world.line.answer(callId);
      await call.answered;
      listening.begin(callId);
      // Our own greeting is said meanwhile: it must not be taken for the other side's.
      await world.line.announce(callId, 1, [await world.sound(1, 8_000)]);
      void call.play(joined(room(afterMs, random), sound, room(LISTEN_MS, random)));
      const result = await heard;
      await call.hangUp();
      return { who, told: result?.by ?? 'nothing', afterMs: result?.afterMs ?? LISTEN_MS };
    }

    async function offeredAs(sipCallId: string): Promise<string> {
      for (;;) {
        const found = world.events.all.find(
          (event) => event.type === 'offered' && event.sipCallId === sipCallId,
        );
        if (found !== undefined && 'callId' in found) return found.callId;
        await new Promise((resolve) => systemClock.after(10, () => resolve(undefined)));
      }
    }
  } finally {
    await world.close();
  }
}

async function allAnswers(
  tools: Parameters<typeof spoken>[0],
  random: () => number,
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const between = (from: number, to: number) => from + random() * (to - from);
  for (const voice of VOICES) {
    const yes = await spoken(tools, { text: 'はい。' }, voice);
    for (const greeting of GREETINGS) {
      signal.throwIfAborted();
      const words = await spoken(tools, greeting, voice);
      const sound =
        greeting.after === 'tone'
          ? joined(words, room(between(300, 1_500), random), tone(MACHINE_TONE_HZ, between(400, 1_200)))
          : greeting.after === 'person'
            ? joined(words, room(between(3_500, 7_000), random), yes)
            : words;
      answers.push({ who: greeting.who, sound, afterMs: between(200, 1_000) });
    }
    answers.push({
      who: 'fax',
      sound: tone(FAX_TONE_HZ, between(2_600, 4_000)),
      afterMs: between(200, 2_000),
    });
    answers.push({ who: 'unknown', sound: new Int16Array(0), afterMs: 0 });
  }
  return answers;
}

function figuresOf(told: readonly Told[]) {
  const of = (who: AnsweredBy) => told.filter((each) => each.who === who);
  const share = (count: number, all: number) => rounded((100 * count) / Math.max(1, all));
  const isPerson = (by: Told['told']) => by === 'human' || by === 'unknown' || by === 'nothing';
  const persons = of('human');
  const machines = told.filter(({ who }) => who === 'machine' || who === 'callScreening' || who === 'fax');
  const kinds = ['human', 'machine', 'callScreening', 'fax', 'unknown'] as const;
  return {
    bench: 'answering' as const,
    synthetic: true,
    answers: told.length,
    /** A person who is taken for a machine. */
    personsMissedPercent: share(persons.filter(({ told: by }) => !isPerson(by)).length, persons.length),
    /** A machine of whatever kind that is taken for a person. */
    machinesMissedPercent: share(machines.filter(({ told: by }) => isPerson(by)).length, machines.length),
    personsToldAfterMsP50: rounded(
      median(persons.filter(({ told: by }) => by === 'human').map(({ afterMs }) => afterMs)),
    ),
    toldAs: Object.fromEntries(
      kinds.map((who) => [
        who,
        Object.fromEntries(
          [...kinds, 'nothing' as const]
            .map((by) => [by, of(who).filter((each) => each.told === by).length] as const)
            .filter(([, count]) => count > 0),
        ),
      ]),
    ),
    machine: describeMachine(),
  };
}

/** The same answers in every run (xorshift32). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
