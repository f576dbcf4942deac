import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { ExportOutcome } from '../flows/export-outcome.tsx';
import type { FlowFileMade } from '../flows/flow-file.ts';
import { BackToFlows } from './back-to-flows.tsx';
import { Conflict } from './conflict.tsx';
import { ExportFlow } from './export-flow.tsx';
import { SaveLabel } from './save-label.tsx';
import { useStudio } from './studio-context.tsx';
import { StudioTitle } from './studio-title.tsx';

const LINK_BUTTON =
  'inline-flex min-h-9 items-center rounded-8 border border-key-900 bg-white px-2 text-oln-14B-100 text-key-900 underline-offset-4 hover:bg-key-50 hover:underline';

/** The flow's name, how it is saved, who else is here, undoing. */
export function StudioHeader({ others }: { others: readonly { personId: string; name: string }[] }) {
  const { state, flow, dispatch } = useStudio();
  const { save, takenIn, mayEdit } = state;
  const [made, setMade] = useState<FlowFileMade | null>(null);
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <BackToFlows />
        <StudioTitle name={flow.name} />
        {mayEdit ? <SaveLabel save={save} /> : <span>見るだけの画面です</span>}
        {others.length === 0 ? null : (
          <p role="status" className="flex print:hidden items-center gap-1 text-dns-14N-130">
            <Icon name="person" className="size-4" />
            {others.map(({ name }) => `${name} さん`).join('、')}も作業中
          </p>
        )}
        <span className="ml-auto flex gap-1 print:hidden">
          <ExportFlow onMade={setMade} />
          <Link to="/flows/$flowId/counts" params={{ flowId: flow.id }} className={LINK_BUTTON}>
            通話の件数
          </Link>
          <Link to="/flows/$flowId/versions" params={{ flowId: flow.id }} className={LINK_BUTTON}>
            公開した版
          </Link>
          <Link to="/flows/$flowId/publish" params={{ flowId: flow.id }} className={LINK_BUTTON}>
            公開の準備へ
          </Link>
        </span>
      </div>
      {made === null ? null : <ExportOutcome made={made} onClose={() => setMade(null)} />}
      {save.type === 'failed' ? (
        <Notice kind="error" title="まだ保存できていません">
          {save.message}数秒ごとに、もう一度保存を試します。この画面を閉じないでください。
        </Notice>
      ) : null}
      {save.type === 'conflict' ? <Conflict conflict={save} /> : null}
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
