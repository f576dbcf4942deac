import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { FileProblems } from './file-problems.tsx';
import type { FlowFileMade } from './flow-file.ts';

/** Says which file was written, or why none was. */
export function ExportOutcome({ made, onClose }: { made: FlowFileMade; onClose: () => void }) {
  const close = (
    <Button look="quiet" size="small" onPress={onClose}>
      閉じる
    </Button>
  );
  if (!made.ok) {
    return (
      <Notice kind="error" title="ファイルに書き出せませんでした" action={close}>
        次のところを直してから、もう一度書き出してください。
        <FileProblems problems={made.problems} />
      </Notice>
    );
  }
  return (
    <Notice kind="success" title="ファイルに書き出しました" action={close}>
      <span className="break-words">「{made.fileName}」</span>
      {made.flows > 1 ? `に、このフローから進む先を含めて${made.flows}個のフローが入っています。` : 'です。'}
      使っているアナウンスと読み方も入っています。録音した音声は入っていません。
    </Notice>
  );
}
