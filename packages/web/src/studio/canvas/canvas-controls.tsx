import { Panel, useReactFlow } from '@xyflow/react';
import { Button } from '../../design/button.tsx';
import { moveNodes } from '../edit/edits.ts';
import { useStudio } from '../studio-context.tsx';
import { CanvasHelp } from './canvas-help.tsx';
import { layOut } from './layout.ts';

/** What lies over the canvas: these controls and the small map below, words on a card above. */
export const CLEAR_PX = { top: 40, side: 24, bottom: 128 } as const;
export const WHOLE = {
  maxZoom: 1,
  padding: { top: `${CLEAR_PX.top}px`, x: `${CLEAR_PX.side}px`, bottom: `${CLEAR_PX.bottom}px` },
} as const;

/** Zooming, tidying up, and what the keys do. */
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
      <Button look="outline" size="small" onPress={() => void fitView(WHOLE)}>
        全体を表示
      </Button>
      {state.mayEdit ? (
        <Button
          look="outline"
          size="small"
          onPress={() => {
            edit(moveNodes(flow, layOut(flow)));
            requestAnimationFrame(() => void fitView(WHOLE));
          }}
        >
          並べ直す
        </Button>
      ) : null}
      <CanvasHelp mayEdit={state.mayEdit} />
    </Panel>
  );
}
