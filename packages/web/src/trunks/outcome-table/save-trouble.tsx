import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { isChangedMeanwhile } from '../use-trunks.ts';

/** Why the table was not stored, and the ways on; what was changed stays on the screen. */
export function SaveTrouble({
  error,
  onReload,
  onOverwrite,
}: {
  error: unknown;
  onReload: () => void;
  onOverwrite: () => void;
}) {
  if (error === null) return null;
  return (
    <Notice kind="error" title="保存できませんでした">
      <p>{messageOf(error)}</p>
      {isChangedMeanwhile(error) ? (
        <div className="mt-2 flex flex-wrap gap-3">
          <Button size="small" onPress={onOverwrite}>
            この画面の表で保存し直す
          </Button>
          <Button look="outline" size="small" onPress={onReload}>
            この画面の変更を捨てて、最新の表を表示する
          </Button>
        </div>
      ) : null}
    </Notice>
  );
}
