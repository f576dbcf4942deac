import { type DraftNode, nodeKind } from '@madoguchi/flow';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { changeNode } from '../edit/edits.ts';
import { newNode } from '../edit/new-node.ts';
import { useStudio } from '../studio-context.tsx';
import { settingsOf } from './kinds/settings-of.ts';
import { valuesKnownIn } from './values-known.ts';

/** The settings of a node by its kind. One that cannot be read says so, and can begin anew. */
export function NodeSettings({ nodeId, node }: { nodeId: string; node: DraftNode }) {
  const { flow, state, edit } = useStudio();
  const drawn = settingsOf(node.kind)?.(node, {
    nodeId,
    isReadOnly: !state.mayEdit,
    values: valuesKnownIn(flow),
    set: (settings) =>
      edit(changeNode(flow, nodeId, { ...settings }), `${nodeId} ${Object.keys(settings).join(' ')}`),
  });
  return drawn ?? <Unreadable nodeId={nodeId} node={node} />;
}

function Unreadable({ nodeId, node }: { nodeId: string; node: DraftNode }) {
  const { flow, state, edit } = useStudio();
  const binding = nodeKind(node.kind)?.bind(node);
  const fields = binding === undefined || binding.ok ? [] : binding.fields;
  return (
    <Notice kind="error" title="このノードの設定は、読み取れません">
      <p>合わないところ：{fields.length === 0 ? node.kind : fields.join('、')}</p>
      {state.mayEdit && binding !== undefined ? (
        <Button
          look="outline"
          size="small"
          onPress={() => {
            const { title, at, next } = node;
            edit(changeNode(flow, nodeId, { ...newNode(node.kind, null), title, at, next }));
          }}
        >
          設定を最初の状態に戻す
        </Button>
      ) : null}
    </Notice>
  );
}
