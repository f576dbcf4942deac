import type { CampaignProblem } from '../../http/campaign-contract.ts';
import { type CampaignSettings, CampaignSettingsSchema } from '../settings.ts';

/** Which step of the screen a field stands at; all others: the schedule. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['smsText']);

/** What is wrong with a field that its schema refuses, in the words of staff. By the field's name, without the places in lists. */
const MESSAGES: Readonly<Record<string, string>> = {
  channels: '連絡の方法を選んでください。',
  smsText: 'SMSの文は、660文字以内にしてください。',
  nextChannelAfterMinutes: '次の方法に移るまでの時間は、0分から31日までにしてください。',
  firstDay: '開始日を、年月日で入力してください。',
  lastDay: '終了日を、年月日で入力してください。',
  'times.weekdays': '電話をかける曜日を、一つ以上選んでください。',
  'times.from': '開始時刻を、9:00のように入力してください。',
  'times.to': '終了時刻を、20:00のように入力してください。',
  callsPerSecond: '1秒あたりの件数は、0.1件から20件までにしてください。',
  atOnce: '同時にかける件数は、1件から200件までにしてください。',
  linesLeftFree: 'かかってくる電話のために空けておく回線は、0から200までにしてください。',
  ringTimeoutS: '呼び出す時間は、10秒から60秒までにしてください。',
  tries: '電話をかける回数は、1回から10回までにしてください。',
  'after.intervalMinutes': '次にかけるまでの間隔は、0分から31日までにしてください。',
  longestCallMinutes: '1回の通話の長さは、1分から60分までにしてください。',
  callBackFlowId: '折り返しの電話で流す案内を選び直してください。',
  callBackDays: '折り返しを受け付ける日数は、0日から90日までにしてください。',
};
const OTHERWISE = '入力内容をご確認ください。';

export type CheckedSettings =
  | { readonly ok: true; readonly settings: CampaignSettings }
  | { readonly ok: false; readonly problems: readonly CampaignProblem[] };

/**
 * Settings as staff typed them. What may wait until the campaign is proposed (no text, no days) is no problem here. Whether personal values may
 * stand in text messages is never the drafter's to say: `smsMayTellPersonal` comes out false.
 */
export function checkSettings(typed: Readonly<Record<string, unknown>>): CheckedSettings {
  const parsed = CampaignSettingsSchema.safeParse({ ...typed, smsMayTellPersonal: false });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path }) => problemAt(path.map(String)));
    return { ok: false, problems: [...new Map(problems.map((each) => [each.path, each])).values()] };
  }
  const problems = contradictions(parsed.data);
  return problems.length === 0 ? { ok: true, settings: parsed.data } : { ok: false, problems };
}

function problemAt(path: readonly string[]): CampaignProblem {
  const [first = ''] = path;
  // 'times.weekdays.3' and 'after.busy.intervalMinutes' are told as the field that staff see
  const field =
    first === 'times' ? path.slice(0, 2).join('.') : first === 'after' ? `after.${path.at(-1)}` : first;
  return {
    step: TEXT_FIELDS.has(first) ? 'text' : 'schedule',
    path: `settings.${path.join('.')}`,
    message: MESSAGES[field] ?? OTHERWISE,
  };
}

function contradictions({ times, firstDay, lastDay }: CampaignSettings): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  const say = (path: string, message: string) =>
    problems.push({ step: 'schedule', path: `settings.${path}`, message });
  if (times.from >= times.to) say('times.to', '終了時刻は、開始時刻より後にしてください。');
  if (firstDay !== null && lastDay !== null && lastDay < firstDay)
    say('lastDay', '終了日は、開始日と同じ日か、それより後にしてください。');
  return problems;
}
