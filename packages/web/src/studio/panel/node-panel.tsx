import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { TextField } from '../../design/text-field.tsx';
import { beginAt, changeNode } from '../edit/edits.ts';
import { pictureOf } from '../kind-pictures.ts';
import { kindLabel, titleOf } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';
import { FlowPanel } from './flow-panel.tsx';
import { FlowVoice } from './flow-voice.tsx';
import { NodeProblems } from './node-problems.tsx';
import { NodeSettings } from './node-settings.tsx';

/** The settings of the chosen node, and of the flow as a whole. */
export function NodePanel() {
  return (
    <div className="flex flex-col gap-3">
      <ChosenNode />
      <FlowVoice />
    </div>
  );
}

function ChosenNode() {
  const { flow, state, edit } = useStudio();
  const [nodeId, ...others] = [...state.selection];
  const node = nodeId === undefined ? undefined : flow.nodes[nodeId];
  if (others.length > 0) return <Hint>{others.length + 1}個のノードを選んでいます。</Hint>;
  if (nodeId === undefined || node === undefined) return <FlowPanel />;
  return (
    <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4">
      <h2 className="flex items-center gap-2 text-std-20B-150">
        <span className="text-key-900">
          <Icon name={pictureOf(node.kind).icon} className="size-6" />
        </span>
        {titleOf(node)}
      </h2>
      <p className="text-std-16N-170 text-solid-gray-700">
        {kindLabel(node.kind)}：{pictureOf(node.kind).purpose}
      </p>
      <NodeProblems nodeId={nodeId} />
      <TextField
        label="題名"
        size="small"
        isReadOnly={!state.mayEdit}
        value={node.title}
        onChange={(title) => edit(changeNode(flow, nodeId, { title }), `${nodeId} title`)}
      />
      {/* Fields keep what is being typed: those of another node are others. */}
      <NodeSettings key={nodeId} nodeId={nodeId} node={node} />
      {flow.startNodeId === nodeId || !state.mayEdit ? null : (
        <Button look="outline" size="small" onPress={() => edit(beginAt(flow, nodeId))}>
          ここから電話を始める
        </Button>
      )}
    </div>
  );
}

function Hint({ children }: { children: React.ReactNode }) {
  return (
    <p className="rounded-8 border border-solid-gray-300 bg-white p-4 text-std-16N-170 text-solid-gray-700">
      {children}
    </p>
  );
}
