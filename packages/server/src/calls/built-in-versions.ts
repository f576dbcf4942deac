import type { RunnableFlow } from '@madoguchi/flow';
import { oneAnnouncement } from './one-announcement.ts';

/** Calls to a number without a flow follow it, so that they are answered and recorded like all others. */
export const UNASSIGNED_BUNDLE_ID = 'unassigned-number';
/** A call for which no line is free, where its trunk or number says so: it hears why nobody serves it. */
export const FULL_LINES_BUNDLE_ID = 'full-lines';
/** Callers of a number that is not open yet. */
export const PREPARING_BUNDLE_ID = 'preparing-number';
/** Calls that are passed on unanswered: nothing of it is ever said. */
export const STOPPED_BUNDLE_ID = 'stopped-number';

const TEXTS = [
  {
    bundleId: UNASSIGNED_BUNDLE_ID,
    name: '使われていない番号',
    text: 'おかけになった番号は、現在ご案内を行っておりません。番号をお確かめのうえ、市役所の代表番号へおかけください。',
  },
  {
    bundleId: FULL_LINES_BUNDLE_ID,
    name: '混雑',
    text: 'お電話ありがとうございます。ただいま電話が大変混み合っております。申し訳ございませんが、しばらくたってから、おかけ直しください。',
  },
  {
    bundleId: PREPARING_BUNDLE_ID,
    name: '準備中の番号',
    text: 'お電話ありがとうございます。この番号は、ただいま準備中です。申し訳ございませんが、市役所の代表番号へおかけください。',
  },
  { bundleId: STOPPED_BUNDLE_ID, name: '停止中の番号', text: 'この番号は、ただいま停止中です。' },
] as const;

const VERSIONS: ReadonlyMap<string, RunnableFlow> = new Map(
  TEXTS.map((each) => [each.bundleId, oneAnnouncement(each)]),
);

/** What callers of a number that is being prepared hear, for the screen. */
export const PREPARING_TEXT = TEXTS[2].text;

/** A version of our own that some calls follow instead of their number's; null: it is none. */
export function builtInVersion(bundleId: string): RunnableFlow | null {
  return VERSIONS.get(bundleId) ?? null;
}
