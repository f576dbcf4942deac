import type { DeskRecordSounds } from '../../line/index.ts';
import type { Prompts } from '../../speech/index.ts';

/** What a clerk hears who speaks an announcement. */
const TEXTS = {
  before:
    'アナウンスを録音します。ピーという音のあとに、お話しください。終わりましたら、シャープを押してください。',
  choose: 'この録音でよろしければ1を、録音をやり直すときは2を押してください。',
  kept: '録音を登録しました。画面をご確認ください。',
} as const;

/** Made at the first call, found ready after that. @throws SpeechError */
export async function deskRecordSounds(prompts: Prompts): Promise<DeskRecordSounds> {
  const say = (text: string) => prompts.soundsFor([{ type: 'fixed', text }]);
  const [before, choose, kept] = await Promise.all([say(TEXTS.before), say(TEXTS.choose), say(TEXTS.kept)]);
  return { before, choose, kept };
}
