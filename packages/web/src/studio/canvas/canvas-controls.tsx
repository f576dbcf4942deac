import { Panel, useReactFlow } from '@xyflow/react';
import { Button } from '../../design/button.tsx';
import { moveNodes } from '../edit/edits.ts';
import { useStudio } from '../studio-context.tsx';
import { layOut } from './layout.ts';

/** Zooming and tidying up. */
export function CanvasControls() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const { flow, state, edit } = useStudio();
  return (
    <Panel position="bottom-left" className="flex gap-2">
      <Button look="outline" size="small" onPress={() => void zoomIn()}>
        拡大
      </Button>
      <Button look="outline" size="small" onPress={() => void zoomOut()}>
        縮小
      </Button>
      <Button look="outline" size="small" onPress={() => void fitView({ maxZoom: 1 })}>
        全体を表示
      </Button>
      {state.mayEdit ? (
        <Button
          look="outline"
          size="small"
          onPress={() => {
            edit(moveNodes(flow, layOut(flow)));
            requestAnimationFrame(() => void fitView({ maxZoom: 1 }));
          }}
        >
          並べ直す
        </Button>
      ) : null}
    </Panel>
  );
}
