import type { FlowDraft } from '@madoguchi/flow';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { Notice } from '../design/notice.tsx';
import { StudioDialog } from './actions/studio-dialog.tsx';
import { firstWordsOf, titleOf, voiceWord } from './node-words.ts';
import { useStudio } from './studio-context.tsx';
import type { SaveState } from './studio-state.ts';

const SIDES = [
  { id: 'mine', word: '自分の内容' },
  { id: 'theirs', word: '相手の内容' },
];

/** Two people changed the same nodes: says so, and lets one choose node by node. Nothing is saved before. */
export function Conflict({ conflict }: { conflict: Extract<SaveState, { type: 'conflict' }> }) {
  const [isOpen, setOpen] = useState(false);
  const who = conflict.newest.changedBy === null ? 'ほかの職員' : `${conflict.newest.changedBy.name} さん`;
  return (
    <>
      <Notice
        kind="warning"
        title={`${who}が、同じノードを先に変更しました`}
        action={
          <Button size="small" onPress={() => setOpen(true)}>
            どちらを残すか選ぶ
          </Button>
        }
      >
        選ぶまで、この画面の変更は保存されません。どちらの内容も消えていません。
      </Notice>
      {isOpen ? <ChooseSides conflict={conflict} who={who} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ChooseSides({
  conflict: { newest, nodeIds },
  who,
  onClose,
}: {
  conflict: Extract<SaveState, { type: 'conflict' }>;
  who: string;
  onClose: () => void;
}) {
  const { flow, dispatch } = useStudio();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  return (
    <StudioDialog title="どちらの内容を残しますか" onClose={onClose}>
      <ul className="flex flex-col gap-4">
        {nodeIds.map((nodeId) => {
          const mine = flow.nodes[nodeId];
          const other = newest.draft.nodes[nodeId];
          const shown = mine ?? other;
          return (
            <li key={nodeId} className="rounded-8 border border-solid-gray-300 p-3">
              <p className="text-std-16B-170">
                {shown === undefined ? 'フローの名前、始まり、声、配信先の値' : titleOf(shown)}
              </p>
              <dl className="mb-2 grid grid-cols-[7rem_1fr] gap-1 text-std-16N-170">
                <dt>自分</dt>
                <dd>{wordsOfSide(nodeId, mine, flow)}</dd>
                <dt>{who}</dt>
                <dd>{wordsOfSide(nodeId, other, newest.draft)}</dd>
              </dl>
              <ChoiceBar
                label="残す内容"
                choices={SIDES}
                value={theirs.has(nodeId) ? 'theirs' : 'mine'}
                onChange={(side) =>
                  setTheirs((before) => {
                    const kept = [...before].filter((id) => id !== nodeId);
                    return new Set(side === 'theirs' ? [...kept, nodeId] : kept);
                  })
                }
              />
            </li>
          );
        })}
      </ul>
      <div className="mt-6 flex justify-end gap-3">
        <Button look="outline" onPress={onClose}>
          あとで選ぶ
        </Button>
        <Button
          onPress={() => {
            dispatch({ type: 'chosen', theirs });
            onClose();
          }}
        >
          この内容で保存する
        </Button>
      </div>
    </StudioDialog>
  );
}

function wordsOfSide(
  nodeId: string,
  node: Parameters<typeof titleOf>[0] | undefined,
  flow: FlowDraft,
): string {
  if (nodeId === '') return `${flow.name}（${voiceWord(flow)}）`;
  if (node === undefined) return '（削除）';
  const words = firstWordsOf(node);
  return words === '' ? titleOf(node) : `${titleOf(node)}：${words}`;
}
