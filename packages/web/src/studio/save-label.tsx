import { StateLabel } from '../design/state-label.tsx';
import type { SaveState } from './studio-state.ts';

const LABELS = {
  saved: { word: '保存しました', icon: 'check', tone: 'good' },
  waiting: { word: '変更があります', icon: 'wait', tone: 'plain' },
  saving: { word: '保存しています', icon: 'wait', tone: 'plain' },
  failed: { word: 'まだ保存できていません', icon: 'alert', tone: 'bad' },
  conflict: { word: '確認が必要です', icon: 'alert', tone: 'warning' },
} as const;

/** How what is on the screen stands to what the server has; a screen reader hears only what needs somebody. */
export function SaveLabel({ save }: { save: SaveState }) {
  const needsSomebody = save.type === 'failed' || save.type === 'conflict';
  return (
    <span aria-live={needsSomebody ? 'assertive' : 'off'}>
      <StateLabel {...LABELS[save.type]} />
      {save.type === 'failed' ? (
        <span className="sr-only">{save.message}数秒ごとに、もう一度保存を試します。</span>
      ) : null}
    </span>
  );
}
