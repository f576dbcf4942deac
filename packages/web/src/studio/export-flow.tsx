import { Button } from '../design/button.tsx';
import { type FlowFileMade, makeFlowFile, saveFile } from '../flows/flow-file.ts';
import { useStudio } from './studio-context.tsx';

/** Writes the flow as it stands on the screen to a file, with all flows that it leads to. */
export function ExportFlow({ onMade }: { onMade: (made: FlowFileMade) => void }) {
  const { state, flow } = useStudio();
  const write = () => {
    const made = makeFlowFile(flow, state.detail.others, new Date().toISOString());
    if (made.ok) saveFile(made.fileName, made.text);
    onMade(made);
  };
  return (
    <Button look="outline" size="tight" onPress={write}>
      ファイルに書き出す
    </Button>
  );
}
