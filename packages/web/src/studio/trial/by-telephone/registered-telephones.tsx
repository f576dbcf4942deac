import { Link } from '@tanstack/react-router';
import { messageOf } from '../../../api/api-error.ts';
import { Loading } from '../../../design/loading.tsx';
import { Notice } from '../../../design/notice.tsx';
import { useTestCallers } from '../../../numbers/use-numbers.ts';

/** Whose calls reach the draft: test callers in their days. */
export function RegisteredTelephones() {
  const { data, error } = useTestCallers();
  if (error !== null) {
    return (
      <Notice kind="error" title="登録した電話を読み込めませんでした">
        {messageOf(error)}
      </Notice>
    );
  }
  if (data === undefined) return <Loading rows={1} />;
  const telephones = data.testCallers.filter(({ isValidNow }) => isValidNow);
  if (telephones.length === 0) {
    return (
      <Notice kind="warning" title="いま使える試験発信者の電話が、登録されていません">
        登録するまで、下書きはだれにも流れません。
        <Link to="/numbers" className="text-key-900 underline underline-offset-4">
          電話番号の画面で登録する
        </Link>
      </Notice>
    );
  }
  return (
    <>
      <ul>
        {telephones.map(({ number, shown, note }) => (
          <li key={number} className="flex flex-wrap gap-x-4 text-std-16N-170">
            <span className="numerals font-bold">{shown}</span>
            <span className="min-w-0 break-words">{note}</span>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-std-16N-170 text-solid-gray-700">
        番号を通知しておかけください。登録する電話は、
        <Link to="/numbers" className="text-key-900 underline underline-offset-4">
          電話番号の画面
        </Link>
        で変えられます。
      </p>
    </>
  );
}
