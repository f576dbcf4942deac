import type { FlowImported } from '@madoguchi/server/flow-contract';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Notice } from '../../design/notice.tsx';

/** Whether something is otherwise here than in the file, so that staff have to know. */
export function hasMoreToTell({ announcements, readings }: FlowImported): boolean {
  return [announcements.different, announcements.leftOut, readings.different].some(
    ({ length }) => length > 0,
  );
}

/** What was added, and what this house has otherwise. */
export function FileOutcome({ imported }: { imported: FlowImported }) {
  const { flowIds, announcements, readings } = imported;
  const [flowId = ''] = flowIds;
  const link = useRef<HTMLAnchorElement>(null);
  // The button that had the focus is gone.
  useEffect(() => link.current?.focus(), []);
  return (
    <div className="flex flex-col gap-4">
      <div role="status">
        <Notice kind="success" title={`${flowIds.length}個のフローを追加しました`}>
          {announcements.added.length === 0
            ? null
            : `アナウンス集に${announcements.added.length}件（${announcements.added.join('、')}）を追加しました。`}
          {readings.added.length === 0
            ? null
            : `読み方を${readings.added.length}件（${readings.added.join('、')}）追加しました。`}
        </Notice>
      </div>
      <Notice kind="warning" title="ファイルと違うところがあります。お確かめください">
        <ul className="flex list-disc flex-col gap-1 pl-6 break-words">
          {announcements.different.map((name) => (
            <li key={name}>
              アナウンス集の「{name}
              」は、この窓口では違う文章です。アナウンス集は変えていません。フローは、ファイルの文章のままにしました。
            </li>
          ))}
          {announcements.leftOut.map((name) => (
            <li key={name}>
              「{name}
              」は、アナウンス集に追加できません（音声がない、など）。フローの中では、ファイルのままにしました。
            </li>
          ))}
          {readings.different.map(({ surface, here, file }) => (
            <li key={surface}>
              「{surface}」の読み方は、この窓口では「{here}」、ファイルでは「{file}
              」です。この窓口の読み方のままにしました。
            </li>
          ))}
        </ul>
      </Notice>
      <Link
        ref={link}
        to="/flows/$flowId"
        params={{ flowId }}
        className="self-start rounded-4 text-std-16N-170 text-key-900 underline underline-offset-4"
      >
        追加したフローを開く
      </Link>
    </div>
  );
}
