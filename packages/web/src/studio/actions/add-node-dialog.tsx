import { useState } from 'react';
import { Palette } from '../canvas/palette.tsx';
import { useStudio } from '../studio-context.tsx';
import { useTools, type WayAsked } from '../tools.tsx';
import { putNode } from './put-node.ts';
import { StudioDialog } from './studio-dialog.tsx';
import { likelyWay, WaySelect } from './way-select.tsx';

/** Asks which kind of node is to be put in, and behind which way. */
export function AddNodeDialog({ from, onClose }: { from: WayAsked | null; onClose: () => void }) {
  const studio = useStudio();
  const { show } = useTools();
  const { flow } = studio;
  const node = from === null ? undefined : flow.nodes[from.nodeId];
  const [branch, setBranch] = useState(() => from?.branch ?? (node === undefined ? null : likelyWay(node)));
  return (
    <StudioDialog title="ノードを追加する" onClose={onClose}>
      <div className="flex flex-col gap-4">
        {from === null || node === undefined || from.branch !== null ? null : (
          <WaySelect flow={flow} node={node} branch={branch} onChange={setBranch} />
        )}
        <Palette
          onAdd={(kind) => {
            const way = from === null || branch === null ? null : { nodeId: from.nodeId, branch };
            const added = putNode(flow, kind, way);
            studio.edit(added.flow);
            onClose();
            show(added.nodeId);
          }}
        />
      </div>
    </StudioDialog>
  );
}
