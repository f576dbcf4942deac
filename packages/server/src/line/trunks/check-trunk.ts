import {
  keptAccount,
  TRUNK_PROFILES,
  type Trunk,
  type TrunkDraft,
  TrunkSchema,
} from '@madoguchi/telephony/trunk';
import { wordsOfField } from './field-words.ts';
import { overlap, sourcesOf } from './source-overlap.ts';

/** `path` names the field ('lines.total', 'accounts.0.user'); the message stands beside it. */
export type TrunkProblem = { readonly path: string; readonly message: string };
export type CheckedTrunk =
  | { readonly ok: true; readonly trunk: Trunk }
  | { readonly ok: false; readonly problems: readonly TrunkProblem[] };

/** What one trunk cannot know of itself. */
export type TrunkSurroundings = {
  readonly id: string;
  /** As it is stored; null for a new one. Passwords that were not typed are taken from it. */
  readonly kept: Trunk | null;
  readonly others: readonly Trunk[];
  /** Where calls of our numbers are passed on to, and the name of a number that does so. */
  readonly passedOnTo: ReadonlyMap<string, string>;
  /** Whether this machine has a certificate to show. */
  readonly speaksTls: boolean;
  /** On which this machine listens for something else. */
  readonly portsInUse: readonly number[];
};

/** Makes a trunk of a draft, or says everything that is wrong with it. */
export function checkTrunk(draft: TrunkDraft, around: TrunkSurroundings): CheckedTrunk {
  const kept = around.kept?.accounts ?? [];
  const accounts = draft.accounts.map((entry) => ({
    ...entry,
    password: entry.password ?? keptAccount(entry, kept)?.password ?? '',
  }));
  const parsed = TrunkSchema.safeParse({ ...draft, accounts, id: around.id });
  const problems: TrunkProblem[] = parsed.success
    ? []
    : parsed.error.issues.map(({ path }) => ({ path: path.join('.'), message: wordsOfField(path) }));
  problems.push(...problemsOfKind(draft, around), ...problemsOfLines(draft));
  if (parsed.success) {
    problems.push(...problemsBetween(parsed.data, around));
    problems.push(...problemsOfCircles(parsed.data, around));
    if (problems.length === 0) return { ok: true, trunk: parsed.data };
  }
  const first = new Map(problems.toReversed().map((problem) => [problem.path, problem]));
  return { ok: false, problems: [...first.values()].toReversed() };
}

function* problemsOfKind(draft: TrunkDraft, around: TrunkSurroundings): Generator<TrunkProblem> {
  const profile = TRUNK_PROFILES.find(({ id }) => id === draft.profile);
  if (profile?.registers === true && draft.accounts.length === 0) {
    yield { path: 'accounts', message: '登録する番号を、一つ以上入力してください。' };
  }
  if (draft.transport === 'tls' && !around.speaksTls) {
    yield {
      path: 'transport',
      message:
        'このシステムには証明書がまだ設定されていないため、TLSは使えません。UDPかTCPを選んでください。',
    };
  }
}

function* problemsOfLines({ lines }: TrunkDraft): Generator<TrunkProblem> {
  const { total } = lines;
  if (total === null) return;
  for (const share of ['received', 'transferred', 'placed'] as const) {
    if ((lines[share] ?? 0) > total) {
      yield { path: `lines.${share}`, message: '契約の同時通話数より多くすることはできません。' };
    }
  }
}

/**
 * A number that is registered leads here: what is passed on to it would come back. Where both are stored already, as in a house of before,
 * the trunk's other settings can still be mended.
 */
function* problemsOfCircles(
  { accounts }: Trunk,
  { kept, passedOnTo }: TrunkSurroundings,
): Generator<TrunkProblem> {
  for (const [at, { number }] of accounts.entries()) {
    const passedOnBy = passedOnTo.get(number);
    if (passedOnBy === undefined || kept?.accounts.some((account) => account.number === number)) continue;
    yield {
      path: `accounts.${at}.number`,
      message: `この番号は、電話番号「${passedOnBy}」の転送先です。ここで登録すると、転送した電話がこのシステムへ戻ってきてしまいます。先に「電話番号」の画面で、転送先を変えてください。`,
    };
  }
}

/** What Asterisk could not tell apart. */
function* problemsBetween(trunk: Trunk, { others, portsInUse }: TrunkSurroundings): Generator<TrunkProblem> {
  for (const [at, source] of sourcesOf(trunk).entries()) {
    const other = others.find((each) => sourcesOf(each).some((theirs) => overlap(source, theirs)));
    if (other === undefined) continue;
    yield {
      path: trunk.match.length === 0 ? 'host' : `match.${at}`,
      message: `このアドレスからの電話は、回線「${other.name}」で受けることになっています。同じ電話会社の番号は、一つの回線にまとめてください。`,
    };
  }
  for (const [at, { number }] of trunk.accounts.entries()) {
    const path = `accounts.${at}.number`;
    const other = others.find((each) => each.accounts.some((account) => account.number === number));
    if (other !== undefined) yield { path, message: `この番号は、回線「${other.name}」で登録しています。` };
    if (trunk.accounts.findIndex((account) => account.number === number) < at) {
      yield { path, message: 'この番号は、上ですでに入力されています。' };
    }
  }
  if (trunk.nat === null) return;
  const { localPort } = trunk.nat;
  const sharing = others.find(({ nat }) => nat?.localPort === localPort);
  const user = sharing !== undefined ? `回線「${sharing.name}」` : 'このシステム自身';
  if (sharing !== undefined || portsInUse.includes(localPort)) {
    yield {
      path: 'nat.localPort',
      message: `このポートは、${user}が使っています。ほかの番号を入力してください。`,
    };
  }
}
