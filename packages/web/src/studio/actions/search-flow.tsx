import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { TextField } from '../../design/text-field.tsx';
import { kindLabel, titleOf, wordsOf } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { StudioDialog } from './studio-dialog.tsx';

const MOST = 30;

/** Looks for words in the titles and texts of this flow, then of the others. */
export function SearchFlow({ onClose }: { onClose: () => void }) {
  const { flow, state } = useStudio();
  const { show } = useTools();
  const [wanted, setWanted] = useState('');
  const words = wanted.normalize('NFKC').trim().toLowerCase();
  const found =
    words === ''
      ? []
      : [flow, ...state.detail.others]
          .flatMap((each) =>
            Object.entries(each.nodes)
              .filter(([, node]) => wordsOf(node).normalize('NFKC').toLowerCase().includes(words))
              .map(([nodeId, node]) => ({ of: each, nodeId, node })),
          )
          .slice(0, MOST);
  return (
    <StudioDialog title="フローの中を探す" onClose={onClose}>
      <TextField
        label="探す言葉"
        description="題名、案内文、SMSの文などから探します。"
        value={wanted}
        onChange={setWanted}
        autoFocus
      />
      <p role="status" className="mt-3 text-std-16N-170">
        {words === ''
          ? ''
          : found.length === 0
            ? '見つかりませんでした。'
            : `${found.length}件見つかりました。`}
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {found.map(({ of, nodeId, node }) => (
          <li key={`${of.id}/${nodeId}`}>
            {of.id === flow.id ? (
              <button
                type="button"
                className="min-h-9 w-full rounded-8 px-2 text-left text-std-16N-170 text-key-900 underline underline-offset-4 hover:bg-key-50"
                onClick={() => {
                  onClose();
                  show(nodeId);
                }}
              >
                {titleOf(node)}（{kindLabel(node.kind)}）
              </button>
            ) : (
              <Link
                to="/flows/$flowId"
                params={{ flowId: of.id }}
                search={{ node: nodeId }}
                className="block min-h-9 rounded-8 px-2 text-std-16N-170 text-key-900 underline underline-offset-4 hover:bg-key-50"
              >
                {of.name}：{titleOf(node)}（{kindLabel(node.kind)}）
              </Link>
            )}
          </li>
        ))}
      </ul>
    </StudioDialog>
  );
}
