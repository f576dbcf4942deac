import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';

/** Says that something could not be read, with a way to try again; nothing while all is well. */
export function ReadingTrouble({
  what,
  error,
  onAgain,
}: {
  what: string;
  error: Error | null;
  onAgain: () => void;
}) {
  if (error === null) return null;
  return (
    <Notice
      kind="error"
      title={`${what}を読み込めませんでした`}
      action={
        <Button look="outline" size="small" onPress={onAgain}>
          もう一度読み込む
        </Button>
      }
    >
      {messageOf(error)}
    </Notice>
  );
}
