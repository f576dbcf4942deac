import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/select.tsx';
import { connect } from '../edit/edits.ts';
import { kindLabel, titleOf } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';
import type { WayAsked } from '../tools.tsx';
import { StudioDialog } from './studio-dialog.tsx';
import { likelyWay, WaySelect } from './way-select.tsx';

const NOWHERE = '\n';

/** Asks where a way out is to lead. */
export function ConnectDialog({ from, onClose }: { from: WayAsked; onClose: () => void }) {
  const { flow, edit } = useStudio();
  const node = flow.nodes[from.nodeId];
  const [branch, setBranch] = useState(() => from.branch ?? (node === undefined ? null : likelyWay(node)));
  const [target, setTarget] = useState<string | null>(null);
  if (node === undefined) return null;
  const leadsTo = target ?? (branch === null ? NOWHERE : (node.next[branch] ?? NOWHERE));
  return (
    <StudioDialog title={`「${titleOf(node)}」からつなぐ`} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <WaySelect flow={flow} node={node} branch={branch} onChange={setBranch} />
        <Select
          label="行き先"
          value={leadsTo}
          choices={[
            { id: NOWHERE, word: '（つながない）' },
            ...Object.entries(flow.nodes).map(([id, each]) => ({
              id,
              word: `${titleOf(each)}（${kindLabel(each.kind)}）`,
            })),
          ]}
          onChange={setTarget}
        />
        <div className="flex justify-end gap-3">
          <Button look="outline" onPress={onClose}>
            やめる
          </Button>
          <Button
            isDisabled={branch === null}
            onPress={() => {
              if (branch === null) return;
              const way = { nodeId: from.nodeId, branch };
              edit(connect(flow, way, leadsTo === NOWHERE ? null : leadsTo));
              onClose();
            }}
          >
            つなぐ
          </Button>
        </div>
      </div>
    </StudioDialog>
  );
}
