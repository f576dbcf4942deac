import { z } from 'zod';
import { CONTACT_RESULT_WORDS, ContactResultSchema } from '../contact-result.ts';
import { PromptSchema } from '../prompt.ts';

/** What staff call a setting; one that has no word here is shown by its own name, so that no change goes unseen. */
const SETTINGS: Readonly<Record<string, string>> = {
  kind: '種類',
  title: '題名',
  prompt: '案内',
  text: '本文',
  notice: '録音の案内',
  announcement: 'つなぐ前の案内',
  whisper: '職員への案内',
  farewell: '終わりの案内',
  introduction: '最初の案内',
  thanks: 'お礼の案内',
  offer: '番号の確認の案内',
  ask: '番号をたずねる案内',
  notDialable: '使えない番号の案内',
  notMobile: '携帯電話でない番号の案内',
  interruptible: 'キーで止められる',
  answersCaller: '用件への答えになる',
  givesRecordingNotice: '録音の告知をする',
  choices: '選択肢',
  questions: '質問',
  repeatKey: 'もう一度聞くキー',
  slowerKey: 'ゆっくり聞くキー',
  wrongKey: '押し間違い',
  noKey: '無操作',
  wrong: '入力の誤り',
  none: '入力なし',
  timeoutMs: '待つ時間',
  firstDigitTimeoutMs: '最初の数字を待つ時間',
  interDigitTimeoutMs: '次の数字を待つ時間',
  ringTimeoutMs: '呼び出す時間',
  acceptTimeoutMs: '応答キーを待つ時間',
  maxDurationMs: '録音の長さ',
  maxSilenceMs: '無音で終わる時間',
  waitMs: '結果を待つ時間',
  variable: '値の名前',
  value: '値',
  readAs: '読み方',
  minLengthDigits: '最小の桁数',
  maxLengthDigits: '最大の桁数',
  endKey: '終わりのキー',
  readBack: '確認の読み上げ',
  calendarId: '開庁日カレンダー',
  cases: '条件',
  to: '送り先',
  targets: '転送先',
  ringing: '鳴らし方',
  record: '録音する',
  acceptKey: '応答キー',
  waiting: '待ち時間の案内',
  flowId: '移る先のフロー',
  secret: '秘密の入力',
  times: '希望の時間帯',
  tries: '聞く回数',
  noneRetries: '入力がないときに聞き直す回数',
  format: '確かめる内容',
  result: '結果',
  promised: '納付する日',
  isPersonal: '個人に関わる値',
  example: '例',
};

export function settingWord(name: string): string {
  return SETTINGS[name] ?? name;
}

const LabelledSchema = z.looseObject({ key: z.string(), label: z.string() });

/** A value as staff read it, one thing a line. */
export function valueWords(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'なし';
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (typeof value === 'number') return name.endsWith('Ms') ? `${value / 1_000}秒` : String(value);
  if (typeof value === 'string') {
    const result = name === 'result' ? ContactResultSchema.safeParse(value).data : undefined;
    return result === undefined ? value : CONTACT_RESULT_WORDS[result];
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'なし' : value.map((each) => valueWords(name, each)).join('\n');
  }
  const prompt = PromptSchema.safeParse(value);
  if (prompt.success) {
    return prompt.data.type === 'text' ? prompt.data.text : `登録した音声（${prompt.data.transcript}）`;
  }
  const labelled = LabelledSchema.safeParse(value);
  const own = Object.entries(value)
    .filter(([key]) => !labelled.success || (key !== 'key' && key !== 'label'))
    .filter(([, each]) => each !== null && each !== '' && !(Array.isArray(each) && each.length === 0))
    .map(([key, each]) => `${settingWord(key)}：${valueWords(key, each)}`);
  const head = labelled.success ? [`「${labelled.data.key}」${labelled.data.label}`] : [];
  return [...head, ...own].join('、');
}
