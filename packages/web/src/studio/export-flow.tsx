import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { type FlowFileMade, makeFlowFile, saveFile } from '../flows/flow-file.ts';
import { readFlowWords } from '../flows/use-flows.ts';
import { useStudio } from './studio-context.tsx';

/** Writes the flow as it stands on the screen to a file, with all flows that it leads to. */
export function ExportFlow({ onMade }: { onMade: (made: FlowFileMade) => void }) {
  const { state, flow } = useStudio();
  const { others } = state.detail;
  const write = useMutation({
    mutationFn: () => makeFlowFile(flow, { others, at: new Date().toISOString(), wordsOf: readFlowWords }),
    onSuccess: (made) => {
      if (made.ok) saveFile(made.fileName, made.text);
      onMade(made);
    },
    onError: (error) =>
      onMade({ ok: false, problems: [{ place: '書き出しの準備', message: messageOf(error) }] }),
  });
  return (
    <Button look="outline" size="tight" isPending={write.isPending} onPress={() => write.mutate()}>
      ファイルに書き出す
    </Button>
  );
}
