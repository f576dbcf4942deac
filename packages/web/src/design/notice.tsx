import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

const KINDS: Readonly<
  Record<
    'info' | 'success' | 'warning' | 'error',
    { box: string; mark: string; icon: IconName; word: string }
  >
> = {
  info: { box: 'border-key-700', mark: 'text-key-900', icon: 'info', word: 'お知らせ' },
  success: { box: 'border-success-2', mark: 'text-success-2', icon: 'check', word: '完了' },
  warning: { box: 'border-warning-yellow-2', mark: 'text-yellow-1000', icon: 'alert', word: '注意' },
  error: { box: 'border-error-1', mark: 'text-error-2', icon: 'cross', word: 'エラー' },
};

/** A banner that says what happened and what to do; errors are read out at once, the rest when the reader pauses. */
export function Notice({
  kind,
  title,
  children,
  action,
}: {
  kind: keyof typeof KINDS;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const { box, mark, icon, word } = KINDS[kind];
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={`flex items-start gap-3 rounded-8 border-2 bg-white px-4 py-3 ${box}`}
    >
      <span className={`mt-0.5 ${mark}`}>
        <Icon name={icon} className="size-6" />
        <span className="sr-only">{word}：</span>
      </span>
      <div className="grow">
        <p className="text-std-16B-170 text-solid-gray-900">{title}</p>
        {children === undefined ? null : <div className="text-std-16N-170">{children}</div>}
      </div>
      {action}
    </div>
  );
}
