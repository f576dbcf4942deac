import type { AnsweredBy } from '../packages/server/src/campaigns/index.ts';

/**
 * How Japanese telephones are answered, for measuring: our own wordings after what people and machines usually say, spoken by a synthesiser. No
 * recording of anybody. `|` is a pause of 1.2 s.
 */
export type Greeting = { readonly who: AnsweredBy; readonly text: string; readonly after: After };
/** What follows the words: a machine's tone, somebody who comes to the telephone, nothing. */
type After = 'nothing' | 'tone' | 'person';

const PERSONS = [
  'はい。',
  'もしもし。',
  'はい、もしもし。',
  'はい、見本です。',
  'もしもし、見本ですが。',
  'はい、見本でございます。',
  'はい。|もしもし。',
  'はいはい、どちら様。',
  'あ、もしもし。',
  'はい、お待たせしました。',
  'はい、どちら様でしょうか。',
  'はい、見本花子です。',
];

const MACHINES = [
  'ただいま留守にしております。ピーという発信音の後に、お名前とご用件をお話しください。',
  'ただいま電話に出ることができません。発信音の後に、メッセージをお願いします。',
  'はい、見本です。ただいま外出しております。ご用の方は、発信音に続けて、ご用件とお電話番号をお話しください。',
  'お電話ありがとうございます。ただいま近くにおりません。発信音の後に、お名前、電話番号、ご用件をお話しください。',
  'こちらは留守番電話です。お客様のおかけになった電話は、ただいま出ることができません。ピーと鳴りましたら、三分以内で、ご用件をお話しください。',
  '留守番電話サービスに接続します。発信音の後に、二十秒以内で、メッセージをお話しください。',
  'ただいま、電話に出られません。ファクスの方は送信してください。電話の方は、ピーという音の後に、お話しください。',
  '見本でございます。留守にしておりますので、後ほどおかけ直しいただくか、合図の音の後に、ご伝言をお願いいたします。',
];

const SCREENINGS = [
  'この電話は、迷惑電話防止のため、会話を録音しています。お名前とご用件をお話しください。',
  '迷惑電話対策のため、この通話は録音されます。恐れ入りますが、お名前をおっしゃってください。',
  'おそれいりますが、あなたのお名前をおっしゃってください。ただいま、お呼びいたします。',
];

const each = (who: AnsweredBy, after: After, texts: readonly string[]): readonly Greeting[] =>
  texts.map((text) => ({ who, text, after }));

/** Added after the limits of who-answers.ts were chosen, and harder than most: long persons, short machines. */
const LATER_PERSONS = [
  'はい、お電話ありがとうございます。見本商店でございます。',
  'もしもし。|もしもし。|聞こえますか。',
  'はい、見本ですけれども、どちら様でいらっしゃいますか。',
  'もしもし、今ちょっと手が離せないんですけど。',
];
const LATER_MACHINES = [
  'ただいま留守です。ピーと鳴ったらお話しください。',
  '留守番電話です。ご用件をどうぞ。',
  'はい、見本です。|ただいま、留守にしております。|発信音の後に、メッセージをお願いします。',
  'お客様のおかけになった電話番号は、現在電話に出ることができません。合図の音がしましたら、三分以内で、伝言をお入れください。',
];

export const GREETINGS: readonly Greeting[] = [
  ...each('human', 'nothing', LATER_PERSONS),
  ...each('machine', 'tone', LATER_MACHINES),
  ...each('human', 'nothing', PERSONS),
  ...each('machine', 'tone', MACHINES),
  ...each('machine', 'nothing', MACHINES.slice(0, 2)),
  ...each('callScreening', 'person', SCREENINGS),
];

/** Voices that differ in height, colour and pace: arguments of Open JTalk (`-fm` half-tones, `-a` all-pass constant, `-r` pace). */
export type Voice = { readonly halfTones: number; readonly colour: number; readonly pace: number };
export const VOICES: readonly Voice[] = [
  { halfTones: 0, colour: 0.55, pace: 1 },
  { halfTones: -6, colour: 0.5, pace: 0.85 },
  { halfTones: -10, colour: 0.46, pace: 0.95 },
  { halfTones: 3, colour: 0.58, pace: 1.2 },
  { halfTones: -3, colour: 0.52, pace: 0.7 },
];
