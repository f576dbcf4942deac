import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { isChangedMeanwhile, type StoredAs, useTrunks } from './use-trunks.ts';

/** Why it was not saved, and the ways on; what is typed stays where it is. */
export function SaveTrouble({
  error,
  storedAs,
  onReload,
  onOverwrite,
}: {
  error: unknown;
  storedAs: StoredAs | null;
  onReload: () => void;
  onOverwrite: (as: StoredAs) => void;
}) {
  const { refetch } = useTrunks();
  if (error === null) return null;
  const overwrite = async () => {
    const { data } = await refetch();
    const now = data?.trunks.find(({ trunkId }) => trunkId === storedAs?.trunkId);
    if (now !== undefined) onOverwrite({ trunkId: now.trunkId, version: now.version });
  };
  return (
    <Notice kind="error" title="保存できませんでした">
      <p>{messageOf(error)}</p>
      {isChangedMeanwhile(error) ? (
        <div className="mt-2 flex flex-wrap gap-3">
          <Button size="small" onPress={() => void overwrite()}>
            入力した内容で保存し直す
          </Button>
          <Button look="outline" size="small" onPress={onReload}>
            入力した内容を捨てて、最新の設定を表示する
          </Button>
        </div>
      ) : null}
    </Notice>
  );
}
