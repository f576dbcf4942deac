import type { PreviewOrder } from '@madoguchi/server/announcement-contract';
import { useEffect, useRef } from 'react';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { usePreview } from './use-preview.ts';

/** Plays a sound as a caller hears it. */
export function SoundPlayer({
  order,
  word = '聞く',
  name,
  onHeard,
}: {
  /** Null: there is nothing to say yet. */
  order: PreviewOrder | null;
  /** On the button. */
  word?: string;
  /** Of what is heard, for screen readers where several stand on one screen. */
  name?: string;
  /** Told each time that it begins to sound. */
  onHeard?: (() => void) | undefined;
}) {
  const preview = usePreview();
  const isSounding = preview.state === 'playing';
  const tell = useRef(onHeard);
  tell.current = onHeard;
  useEffect(() => {
    if (isSounding) tell.current?.();
  }, [isSounding]);
  const isIdle = preview.state === 'idle';
  const label = isIdle ? word : preview.state === 'making' ? '用意しています…' : '止める';
  return (
    <div className="flex flex-col gap-1 print:hidden">
      <Button
        look="outline"
        size="small"
        isDisabled={order === null}
        aria-label={name === undefined ? label : `${label}：${name}`}
        onPress={() => {
          if (!isIdle) preview.stop();
          else if (order !== null) preview.play(order);
        }}
      >
        <Icon name={isIdle ? 'speaker' : preview.state === 'making' ? 'wait' : 'cross'} className="size-4" />
        {label}
      </Button>
      {preview.error === null ? null : (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊{preview.error}
        </p>
      )}
    </div>
  );
}
