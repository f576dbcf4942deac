import { findClip, findMarkers, isSilent } from '@madoguchi/telephony/telephone';
import type { CitizenEvidence } from './citizen.ts';
import type { ExpectedSounds } from './expected-sounds.ts';
import { CITIZEN_MARKER, type Scenario, STAFF_MARKER } from './scenarios.ts';
import type { StaffEvidence } from './staff-telephone.ts';

/** One thing that was looked at, in words for people. */
export type Verdict = { readonly ok: boolean; readonly what: string; readonly atMs: number | null };

/** What the world outside the product saw of one call. */
export type Evidence = {
  readonly citizen: CitizenEvidence;
  /** Texts that the SMSC put together for this citizen's telephone since the call began. */
  readonly texts: readonly { readonly text: string; readonly parts: number }[];
  /** Talks on the staff telephone that belong to this call. */
  readonly talks: readonly StaffEvidence[];
  /** The finished recording: left and right channel at 8 kHz; null where there is none. */
  readonly recording: readonly [Int16Array, Int16Array] | null;
};

/** Longest silence or talk between two announcements of a scenario: ten seconds without a key, ringing and talk of a transfer. */
const LONGEST_PAUSE_MS = 30_000;

/** Marker tones that would be a talk, not a click: of 6 s sent, at least this many are told apart as one or more stretches. */
const TALK_MARKERS = 1;

/** Judges one call by its evidence alone. All verdicts are given, the good ones too. */
export async function judge(
  scenario: Scenario,
  evidence: Evidence,
  sounds: ExpectedSounds,
): Promise<readonly Verdict[]> {
  const { citizen } = evidence;
  const verdicts: Verdict[] = [
    { ok: citizen.answeredAtMs !== null, what: '電話がつながった', atMs: citizen.answeredAtMs },
    { ok: !isSilent(citizen.heard), what: '音が届いた', atMs: null },
    ...(await judgeAnnouncements(scenario, citizen, sounds)),
    ...judgeSms(scenario, evidence),
    ...judgeTransfer(scenario, evidence),
    scenario.endedBy === 'system'
      ? {
          ok: citizen.endedBy === 'them',
          what: '案内のあと、システムから電話が切れた',
          atMs: citizen.endedAtMs,
        }
      : {
          ok: citizen.endedBy === 'us',
          what: '案内を聞き終えて、市民が電話を切った',
          atMs: citizen.endedAtMs,
        },
  ];
  return verdicts;
}

async function judgeAnnouncements(
  scenario: Scenario,
  citizen: CitizenEvidence,
  sounds: ExpectedSounds,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  let before = 0;
  for (const { text, press } of scenario.steps) {
    const sentences = await sounds(text);
    // After the key the announcement stops: only its first sentence is owed.
    const owed = press === null ? sentences : sentences.slice(0, 1);
    let began: number | null = null;
    let complete = owed.length > 0;
    for (const clip of owed) {
      // What follows in the flow follows soon; looking further would only cost time.
      const window = citizen.heard.subarray(before * 8, before * 8 + clip.length + LONGEST_PAUSE_MS * 8);
      const found = findClip(window, clip);
      if (!found.found) {
        complete = false;
        break;
      }
      began ??= before + found.atMs;
      before += Math.floor(found.atMs + clip.length / 8);
    }
    verdicts.push({ ok: complete, what: `聞こえた：「${shorten(text)}」`, atMs: began });
    if (press === null) continue;
    const key = citizen.pressed.find((one) => one.key === press && one.atMs >= (began ?? 0));
    verdicts.push({ ok: key !== undefined, what: `「${press}」を押した`, atMs: key?.atMs ?? null });
  }
  for (const text of scenario.otherBranches) {
    const [first] = await sounds(text);
    const heard = first !== undefined && findClip(citizen.heard, first).found;
    verdicts.push({
      ok: !heard,
      what: `聞こえてはならない案内が聞こえない：「${shorten(text)}」`,
      atMs: null,
    });
  }
  return verdicts;
}

function judgeSms(scenario: Scenario, { texts }: Evidence): Verdict[] {
  if (scenario.smsTemplate === null) {
    return [{ ok: texts.length === 0, what: 'SMSは送られていない', atMs: null }];
  }
  const [arrived] = texts;
  const [head = '', tail = ''] = scenario.smsTemplate.split(/\{\{[^}]*\}\}/);
  const whole = arrived?.text.startsWith(head) === true && arrived.text.endsWith(tail);
  return [
    { ok: texts.length === 1, what: `SMSが1通だけ届いた（届いた数 ${texts.length}）`, atMs: null },
    {
      ok: whole && arrived.text.length >= 400,
      what: `SMSの全文が一つの文として届いた（${arrived?.text.length ?? 0}文字、${arrived?.parts ?? 0}分割）`,
      atMs: null,
    },
  ];
}

function judgeTransfer(scenario: Scenario, { citizen, talks, recording }: Evidence): Verdict[] {
  if (scenario.name !== 'transfer') {
    return [{ ok: talks.length === 0, what: '職員の電話は鳴っていない', atMs: null }];
  }
  const [talk] = talks;
  const staffHeard = talk?.markers[0];
  const citizenHeard = citizen.markers.find(({ marker }) => marker === STAFF_MARKER);
  const left = countMarkers(recording?.[0], CITIZEN_MARKER);
  const right = countMarkers(recording?.[1], STAFF_MARKER);
  const crossed = countMarkers(recording?.[0], STAFF_MARKER) + countMarkers(recording?.[1], CITIZEN_MARKER);
  return [
    {
      ok: talks.length === 1,
      what: `職員の電話が1回だけ鳴り、出た（${talks.length}回）`,
      atMs: talk?.answeredAtMs ?? null,
    },
    { ok: talk?.dialled === scenario.sample.staffNumber, what: '転送先の番号が正しい', atMs: null },
    { ok: staffHeard !== undefined, what: '市民の声が職員に届いた', atMs: staffHeard?.atMs ?? null },
    { ok: citizenHeard !== undefined, what: '職員の声が市民に届いた', atMs: citizenHeard?.atMs ?? null },
    { ok: recording !== null, what: '録音ができた', atMs: null },
    { ok: left >= TALK_MARKERS, what: '録音の左に市民の声がある', atMs: null },
    { ok: right >= TALK_MARKERS, what: '録音の右に職員の声がある', atMs: null },
    { ok: recording !== null && crossed === 0, what: '録音の左右が混ざっていない', atMs: null },
  ];
}

function countMarkers(channel: Int16Array | undefined, marker: number): number {
  if (channel === undefined) return 0;
  return findMarkers(channel).filter((found) => found.marker === marker).length;
}

function shorten(text: string): string {
  return text.length <= 28 ? text : `${text.slice(0, 28)}…`;
}
