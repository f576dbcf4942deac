import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { StudioDialog } from '../actions/studio-dialog.tsx';

/** What use-canvas-keys.ts does, in staff's words. */
const LOOKING = [
  ['← → ↑ ↓', '隣のノードへ移る'],
  ['Enter', '選んだノードの内容へ移る'],
] as const;
const EDITING = [
  ['Esc', '設定の欄から、図のノードへ戻る'],
  ['A', '選んだノードの次に、ノードを追加する'],
  ['C', '選んだノードの出口を、ほかのノードにつなぐ'],
  ['Delete', '選んだノードを削除する'],
  ['Alt ＋ ← → ↑ ↓', '選んだノードの場所を動かす'],
  ['Ctrl ＋ A', 'すべてのノードを選ぶ'],
  ['Ctrl ＋ C', '写す'],
  ['Ctrl ＋ X', '切り取る'],
  ['Ctrl ＋ V', '貼り付ける'],
  ['Ctrl ＋ Z', '元に戻す'],
  ['Ctrl ＋ Y', 'やり直す'],
] as const;

/** Tells how the canvas is used without a mouse. */
export function CanvasHelp({ mayEdit }: { mayEdit: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="outline" size="small" onPress={() => setOpen(true)}>
        キーの使い方
      </Button>
      {isOpen ? (
        <StudioDialog title="キーの使い方" onClose={() => setOpen(false)}>
          <p className="mb-3 text-std-16N-170">
            マウスを使わずに、図のすべての操作ができます。Tabキーで図のノードを選んでから、次のキーを押してください。
          </p>
          <dl className="grid grid-cols-[11rem_1fr] gap-y-2 text-std-16N-170">
            {[...LOOKING, ...(mayEdit ? EDITING : [])].map(([keys, what]) => (
              <div key={keys} className="contents">
                <dt className="font-bold">{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <div className="mt-6 flex justify-end">
            <Button look="outline" onPress={() => setOpen(false)} autoFocus>
              閉じる
            </Button>
          </div>
        </StudioDialog>
      ) : null}
    </>
  );
}
