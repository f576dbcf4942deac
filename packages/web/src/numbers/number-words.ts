import type { NumberDraft, NumberState, Planned } from '@madoguchi/server/number-contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';

export const STATES: Readonly<
  Record<NumberState, { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  preparing: { word: '準備中', icon: 'wait', tone: 'plain' },
  test: { word: 'テスト', icon: 'flag', tone: 'warning' },
  live: { word: '本番', icon: 'check', tone: 'good' },
  stopped: { word: '停止', icon: 'transfer', tone: 'bad' },
};

export const STATE_ORDER: readonly NumberState[] = ['preparing', 'test', 'live', 'stopped'];

/** What callers of a number in a state meet, in plain words. */
export function heardIn(
  state: NumberState,
  { opensOn, forwardTo }: Pick<NumberDraft, 'opensOn' | 'forwardTo'>,
): string {
  switch (state) {
    case 'preparing':
      return 'かけてきた人は、準備中というアナウンスを聞き、電話が切れます。';
    case 'test':
      return '試験発信者の電話だけが、フローにつながります。ほかの人は、準備中というアナウンスを聞きます。';
    case 'live':
      return opensOn === null
        ? 'かけてきた人は皆、公開中のフローにつながります。'
        : `開始日（${dayWords(opensOn)}）からは、かけてきた人は皆、公開中のフローにつながります。それまでは、試験発信者のほかは準備中というアナウンスを聞きます。`;
    case 'stopped':
      if (forwardTo === '')
        return '転送先がまだ決まっていません。先に「停止中の転送先」を入力して保存してください。';
      return `電話には出ず、${forwardTo}へそのまま転送します。転送先の呼び出し音や話し中の音が聞こえます。案内も録音もしません。`;
  }
}

/** Who hears the draft that is on trial at a number, in plain words (calls/service-for.ts of the server decides). */
export function trialHeardIn(state: NumberState, { opensOn }: Pick<NumberDraft, 'opensOn'>): string {
  switch (state) {
    case 'test':
      return '試験発信者に、この下書きが流れます。版を公開しても、お試しをやめるまで変わりません。';
    case 'live':
      return opensOn === null
        ? '本番のあいだは、試験発信者にも公開中のフローが流れます。「テスト」に戻すと、またこの下書きが流れます。'
        : `開始日（${dayWords(opensOn)}）の前の日までは、試験発信者にこの下書きが流れます。開始日からは、試験発信者にも公開中のフローが流れます。`;
    case 'preparing':
    case 'stopped':
      return 'いまの状態では流れません。「テスト」にすると、試験発信者にこの下書きが流れます。';
  }
}

/** '2026年4月1日' of 'YYYY-MM-DD'. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** What is planned, in words that stand behind its time. */
export function plannedWords(planned: Planned): string {
  switch (planned.type) {
    case 'state':
      return `「${STATES[planned.state].word}」にする`;
    case 'version':
      return `「${planned.flowName}」の新しい版を公開する`;
    case 'opening':
      return '開始日：皆がフローにつながる';
  }
}

/** What a number of decisions means to staff who draft. */
export function approvalWords(steps: number): string {
  return steps === 0
    ? '「本番」の間も、新しい版を決裁なしで公開できます。ただし、「なし」に変えた人が起案するときは、1段の決裁が要ります。自分の起案の決裁を、自分で省くことはできません。'
    : `「本番」の間は、新しい版の公開に、起案した人のほかに${steps}人の決裁が要ります。`;
}

export const PRESENTED: readonly {
  readonly id: NumberDraft['presented'];
  readonly word: string;
  readonly explanation: string;
}[] = [
  { id: 'trunk', word: '回線の設定に合わせる', explanation: '「回線」の画面で決めた番号が表示されます。' },
  { id: 'caller', word: 'かけてきた人の番号', explanation: '非通知のときは、この電話番号が表示されます。' },
  { id: 'called', word: 'この電話番号', explanation: 'どの窓口への電話かが、ひと目で分かります。' },
  { id: 'number', word: 'ほかの番号', explanation: 'このシステムで受けている番号に限ります。' },
];

export const WHEN_FULL: readonly {
  readonly id: NumberDraft['whenFull'];
  readonly word: string;
}[] = [
  { id: 'busy', word: '話し中の音' },
  { id: 'announcement', word: '混み合っているというアナウンス' },
];
