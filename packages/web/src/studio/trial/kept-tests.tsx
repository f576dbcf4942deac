import { type BundleDraft, type FlowTestResult, type HouseView, runFlowTests } from '@madoguchi/flow';
import type { KeptFlowTest } from '@madoguchi/server/trial-contract';
import { useMemo, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Empty } from '../../design/empty.tsx';
import { StateLabel } from '../../design/state-label.tsx';

/** Runs that were kept, each made again with the draft as it is on the screen. */
export function KeptTests({
  bundle,
  house,
  tests,
  mayEdit,
  onOpen,
  onAccept,
  onRemove,
}: {
  bundle: BundleDraft;
  house: HouseView;
  tests: readonly KeptFlowTest[];
  mayEdit: boolean;
  /** Shows the run again. */
  onOpen: (test: KeptFlowTest) => void;
  /** What it comes to now is right. */
  onAccept: (test: KeptFlowTest) => void;
  onRemove: (test: KeptFlowTest) => void;
}) {
  const results = useMemo(
    () =>
      runFlowTests(
        bundle,
        house,
        tests.map(({ test }) => test),
      ),
    [bundle, house, tests],
  );
  const [removing, setRemoving] = useState<KeptFlowTest | null>(null);
  if (tests.length === 0) {
    return (
      <Empty icon="check" title="保存した確認はありません">
        試した通話に名前を付けて保存すると、フローを変えるたびに同じ結果になるか自動で確かめます。
      </Empty>
    );
  }
  const failed = results.filter(({ passed }) => !passed).length;
  return (
    <>
      <p role="status" className="mb-2 text-std-16N-170">
        {failed === 0
          ? `${tests.length}件すべて、保存したときと同じ結果です。`
          : `${tests.length}件のうち${failed}件が、保存したときと違う結果です。違うままでは公開できません。`}
      </p>
      <ul className="flex flex-col gap-2">
        {tests.map((test, at) => (
          <li key={test.testId} className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3">
            <KeptTest
              test={test}
              result={results[at]}
              mayEdit={mayEdit}
              onOpen={() => onOpen(test)}
              onAccept={() => onAccept(test)}
              onRemove={() => setRemoving(test)}
            />
          </li>
        ))}
      </ul>
      <ConfirmDialog
        title="この確認を削除しますか"
        yes="削除する"
        isOpen={removing !== null}
        onAnswer={(isSure) => {
          if (isSure && removing !== null) onRemove(removing);
          setRemoving(null);
        }}
      >
        <p className="text-std-16N-170">「{removing?.name}」を削除します。元には戻せません。</p>
      </ConfirmDialog>
    </>
  );
}

function KeptTest({
  test,
  result,
  mayEdit,
  onOpen,
  onAccept,
  onRemove,
}: {
  test: KeptFlowTest;
  result: FlowTestResult | undefined;
  mayEdit: boolean;
  onOpen: () => void;
  onAccept: () => void;
  onRemove: () => void;
}) {
  const difference = result?.passed === false ? result.difference : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {difference === null ? (
        <StateLabel word="同じ結果" icon="check" tone="good" />
      ) : (
        <StateLabel word="違う結果" icon="alert" tone="bad" />
      )}
      <h3 className="min-w-0 grow text-std-16B-170 break-words">{test.name}</h3>
      <div className="flex gap-1">
        <Button look="quiet" size="small" aria-label={`もう一度見る：${test.name}`} onPress={onOpen}>
          もう一度見る
        </Button>
        {mayEdit && difference !== null ? (
          <Button
            look="quiet"
            size="small"
            aria-label={`いまの結果を正しいとする：${test.name}`}
            onPress={onAccept}
          >
            いまの結果を正しいとする
          </Button>
        ) : null}
        {mayEdit ? (
          <Button look="quiet" size="small" aria-label={`削除：${test.name}`} onPress={onRemove}>
            削除
          </Button>
        ) : null}
      </div>
      {difference === null ? null : <p className="w-full text-std-16N-170">{difference}</p>}
    </div>
  );
}
