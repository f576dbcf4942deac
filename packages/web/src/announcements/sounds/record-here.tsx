import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { durationShown } from '../../words/japanese-time.ts';
import { useRecorder } from './use-recorder.ts';

/** Records by the computer's microphone. */
export function RecordHere({ onRecorded }: { onRecorded: (sound: Blob) => void }) {
  const { state, error, lengthMs, start, stop } = useRecorder(onRecorded);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-std-16N-170">
        パソコンのマイクで録音します。「録音を始める」を押してから、ゆっくりお話しください。
      </p>
      {error === null ? null : (
        <Notice kind="error" title="録音できませんでした">
          {error}
        </Notice>
      )}
      <div className="flex items-center gap-4">
        {state === 'recording' ? (
          <Button onPress={stop}>
            <Icon name="cross" />
            録音を終える
          </Button>
        ) : (
          <Button isPending={state === 'asking'} onPress={start}>
            <Icon name="microphone" />
            録音を始める
          </Button>
        )}
        <p role="status" className="numerals text-std-16B-170">
          {state === 'asking' ? 'マイクの使用を許可してください' : null}
          {state === 'recording' ? '録音しています' : null}
        </p>
        {state === 'recording' ? (
          <span aria-hidden="true" className="numerals text-std-16N-170">
            {durationShown(lengthMs)}
          </span>
        ) : null}
      </div>
    </div>
  );
}
