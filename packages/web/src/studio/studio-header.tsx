import { Link } from '@tanstack/react-router';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { SaveLabel } from './save-label.tsx';
import { useStudio } from './studio-context.tsx';

/** The flow's name, how it is saved, who else is here, undoing. */
export function StudioHeader({ others }: { others: readonly { personId: string; name: string }[] }) {
  const { state, flow, dispatch } = useStudio();
  const { history, save, takenIn, mayEdit } = state;
  return (
    <header className="flex flex-col gap-2">
      <PageTitle
        title={flow.name}
        lead={
          <Link to="/flows" className="text-key-900 underline underline-offset-4">
            フローの一覧へ
          </Link>
        }
        aside={
          <div className="flex flex-wrap items-center gap-2">
            {mayEdit ? <SaveLabel save={save} /> : <span>見るだけの画面です</span>}
            <Button
              look="outline"
              size="small"
              isDisabled={history.past.length === 0}
              onPress={() => dispatch({ type: 'undo' })}
            >
              元に戻す
            </Button>
            <Button
              look="outline"
              size="small"
              isDisabled={history.future.length === 0}
              onPress={() => dispatch({ type: 'redo' })}
            >
              やり直す
            </Button>
          </div>
        }
      />
      {others.length === 0 ? null : (
        <p role="status" className="text-std-16N-170">
          {others.map(({ name }) => `${name} さん`).join('、')}も、このフローを開いています。
        </p>
      )}
      {takenIn === null ? null : (
        <Notice
          kind="info"
          title={`${takenIn.by === null ? 'ほかの職員' : `${takenIn.by} さん`}の変更を取り込みました`}
          action={
            <Button look="quiet" size="small" onPress={() => dispatch({ type: 'tellingDone' })}>
              閉じる
            </Button>
          }
        />
      )}
    </header>
  );
}
