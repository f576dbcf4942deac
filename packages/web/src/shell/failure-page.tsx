import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';

/** Stands in the place of a screen that could not be drawn. */
export function FailurePage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="mx-auto max-w-2xl p-6">
      <PageTitle title="画面を表示できませんでした" />
      <Notice kind="error" title={messageOf(error)}>
        もう一度表示しても直らないときは、管理者にお問い合わせください。
      </Notice>
      <div className="mt-5">
        <Button
          onPress={() => {
            reset();
            void router.invalidate();
          }}
        >
          もう一度表示する
        </Button>
      </div>
    </div>
  );
}
