import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Notice } from '../design/notice.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { emergencyNowQuery } from './use-emergency.ts';

/** Says on every screen what callers hear before everything else at this moment. */
export function EmergencyNotice() {
  const { data } = useQuery(emergencyNowQuery);
  if (data === undefined || data.on.length === 0) return null;
  return (
    <div className="px-6 pt-4 print:hidden">
      <Notice
        kind="warning"
        title="緊急アナウンスを流しています"
        action={
          <Link
            to="/emergency"
            className="rounded-4 text-oln-16B-100 whitespace-nowrap text-key-900 underline underline-offset-4"
          >
            緊急アナウンスの画面へ
          </Link>
        }
      >
        <ul>
          {data.on.map(({ messageId, name, numberNames, endsAt, afterwards }) => (
            <li key={messageId}>
              <strong>{name}</strong>（{numberNames === null ? 'すべての番号' : numberNames.join('、')}、
              <span className="numerals">{momentShown(endsAt)}</span>まで
              {afterwards === 'hangUp' ? '、流したあと電話を切ります' : ''}）
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
