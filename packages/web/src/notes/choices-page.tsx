import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../api/api-error.ts';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { ChoicesForm } from './choices-form.tsx';
import { noteChoicesQuery } from './use-notes.ts';

/** What notes on calls offer to choose from. */
export function ChoicesPage() {
  const { data, error, isPending } = useQuery(noteChoicesQuery);
  return (
    <>
      <PageTitle
        title="用件区分の設定"
        lead="応対の記録で選べる「用件区分」と「結果」を決めます。使わなくなった項目も、これまでの記録には残ります。"
      />
      {error === null ? null : (
        <Notice kind="error" title="設定を読み込めませんでした">
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={8} /> : null}
      {data === undefined ? null : (
        <div className="grid grid-cols-2 items-start gap-6">
          <ChoicesForm kind="category" title="用件区分" list={data.category} />
          <ChoicesForm kind="result" title="結果" list={data.result} />
        </div>
      )}
    </>
  );
}
