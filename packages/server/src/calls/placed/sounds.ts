import type { PlacedCallSounds } from '../../line/index.ts';
import type { Prompts } from '../../speech/index.ts';

/** What staff hear in a call that they place. */
const TEXTS = {
  before: 'これから、市民の方におかけします。そのままお待ちください。',
  busy: 'お相手は、お話し中です。時間をおいて、おかけ直しください。',
  unanswered: 'お相手は、お出になりませんでした。時間をおいて、おかけ直しください。',
  failed: '電話がつながりませんでした。電話番号をご確認ください。',
} as const;

/** Made at the first call, found ready after that. @throws SpeechError */
export async function placedCallSounds(prompts: Prompts): Promise<PlacedCallSounds> {
  const say = (text: string) => prompts.soundsFor([{ type: 'fixed', text }]);
  const [before, busy, unanswered, failed] = await Promise.all([
    say(TEXTS.before),
    say(TEXTS.busy),
    say(TEXTS.unanswered),
    say(TEXTS.failed),
  ]);
  return { before, busy, unanswered, failed };
}
