import { z } from 'zod';
import { type Key, KeySchema } from '../event.ts';
import type { Json } from '../node-kind.ts';
import type { Counterpart, Counterparts, Settings } from './counterparts.ts';

/** Why nobody knows what the caller would have pressed. */
export type KeyDoubt = 'meaningChanged' | 'choiceRemoved';
export type KeyNow = { readonly key: Key } | { readonly doubt: KeyDoubt };

const StageSchema = z.object({ stage: z.string() });
const IndexSchema = z.object({ index: z.int() });
const QuestionsSchema = z.object({ questions: z.array(z.looseObject({ id: z.string() })) });
const ChoicesSchema = z.array(z.object({ key: KeySchema, label: z.string().default('') }));
type Choices = z.infer<typeof ChoicesSchema>;

/** The question within a node at which a call stands: a node may put several, one after another. '' where it has one only. */
export function questionAt(settings: Settings, data: Json): string {
  const asked = QuestionsSchema.safeParse(settings);
  const index = IndexSchema.safeParse(data);
  if (asked.success && index.success) return asked.data.questions[index.data.index]?.id ?? 'over';
  return StageSchema.safeParse(data).data?.stage ?? '';
}

/**
 * Which key stands now for what a key stood for then, at a question that both have. What a choice means is told by its label, or else by the
 * node it leads to or by words that are the same; a meaning that moved to another key is followed there.
 */
export function keyNow(
  { before, after }: Counterpart,
  counterparts: Counterparts,
  flowIds: { readonly before: string; readonly after: string },
  question: string,
  key: Key,
): KeyNow {
  if (before['kind'] === 'menu') {
    const leadsAlike = (then: Key, now: Key): boolean => {
      const target = targetOf(before, then);
      const present = target === null ? null : counterparts.nowOf({ flowId: flowIds.before, nodeId: target });
      return present !== null && present.nodeId === targetOf(after, now) && present.flowId === flowIds.after;
    };
    return ofChoice(
      {
        choices: choicesIn(before),
        own: ownKeys(before, ['repeatKey', 'slowerKey']),
        words: before['prompt'],
      },
      { choices: choicesIn(after), own: ownKeys(after, ['repeatKey', 'slowerKey']), words: after['prompt'] },
      leadsAlike,
      key,
    );
  }
  if (before['kind'] === 'questionnaire') {
    const [then, now] = [questionOf(before, question), questionOf(after, question)];
    return ofChoice(
      { choices: choicesIn(then), own: ownKeys(before, ['repeatKey']), words: then['prompt'] },
      { choices: choicesIn(now), own: ownKeys(after, ['repeatKey']), words: now['prompt'] },
      () => false,
      key,
    );
  }
  if (question === 'choosing') {
    const times = (settings: Settings) => ({
      choices: choicesIn({ choices: settings['times'] }),
      own: [],
      words: [settings['timePrompt'], settings['times']],
    });
    return ofChoice(times(before), times(after), () => false, key);
  }
  if (before['variable'] !== after['variable']) return { doubt: 'meaningChanged' };
  return ofRole(rolesOf(before, question), rolesOf(after, question), key);
}

type Own = readonly { readonly name: string; readonly key: Key }[];
type Question = { readonly choices: Choices; readonly own: Own; readonly words: unknown };

function ofChoice(
  then: Question,
  now: Question,
  leadsAlike: (then: Key, now: Key) => boolean,
  key: Key,
): KeyNow {
  const own = then.own.find((each) => each.key === key);
  if (own !== undefined) {
    const present = now.own.find(({ name }) => name === own.name);
    return present === undefined ? { doubt: 'choiceRemoved' } : { key: present.key };
  }
  const choice = then.choices.find((each) => each.key === key);
  const sameKey = now.choices.find((each) => each.key === key);
  const isOwnNow = now.own.some((each) => each.key === key);
  // A key that chose nothing then: it is as wrong now, or offered as something since.
  if (choice === undefined) return sameKey === undefined && !isOwnNow ? { key } : { doubt: 'meaningChanged' };
  const isSaidAlike = JSON.stringify(then.words) === JSON.stringify(now.words);
  if (sameKey !== undefined) {
    const isNamedAlike = choice.label.trim() !== '' && choice.label.trim() === sameKey.label.trim();
    if (isSaidAlike || isNamedAlike || leadsAlike(key, key)) return { key };
  }
  const moved = now.choices.filter((each) => each.label.trim() === choice.label.trim());
  const [only] = moved;
  if (choice.label.trim() !== '' && only !== undefined && moved.length === 1) return { key: only.key };
  return { doubt: sameKey === undefined && !isOwnNow ? 'choiceRemoved' : 'meaningChanged' };
}

/** Keys with a part to play where digits are asked for; any other is the figure itself. */
function ofRole(then: Own, now: Own, key: Key): KeyNow {
  const role = then.find((each) => each.key === key);
  const isRoleNow = now.some((each) => each.key === key);
  if (role === undefined) return isRoleNow ? { doubt: 'meaningChanged' } : { key };
  const present = now.find(({ name }) => name === role.name);
  return present === undefined ? { doubt: 'choiceRemoved' } : { key: present.key };
}

function rolesOf(settings: Settings, question: string): Own {
  if (question === 'entering') return ownKeys(settings, ['endKey']);
  const readBack = settings['readBack'];
  const isOwn = settings['kind'] === 'digits' && typeof readBack === 'object' && readBack !== null;
  return ownKeys(isOwn ? { ...readBack } : settings, ['confirmKey', 'retryKey']);
}

function ownKeys(settings: Settings, names: readonly string[]): Own {
  return names.flatMap((name) => {
    const key = KeySchema.safeParse(settings[name]);
    return key.success ? [{ name, key: key.data }] : [];
  });
}

function choicesIn(settings: Settings): Choices {
  return ChoicesSchema.catch([]).parse(settings['choices']);
}

function questionOf(settings: Settings, id: string): Settings {
  return QuestionsSchema.safeParse(settings).data?.questions.find((each) => each.id === id) ?? {};
}

function targetOf(settings: Settings, key: Key): string | null {
  const next = z.record(z.string(), z.string()).safeParse(settings['next']);
  return next.data?.[`key:${key}`] ?? null;
}
