import { messageOf } from '../api/api-error.ts';
import { Notice } from '../design/notice.tsx';

/** Why nothing was asked of the other side at all. */
export function TestTrouble({ error }: { error: unknown }) {
  return error === null ? null : (
    <Notice kind="error" title="接続を試せませんでした">
      {messageOf(error)}
    </Notice>
  );
}
