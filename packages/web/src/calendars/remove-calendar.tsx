import type { CalendarDetail } from '@madoguchi/server/calendar-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useRemoveCalendar } from './use-calendars.ts';

/** Takes a calendar away after a question; not one that is used. */
export function RemoveCalendar({ detail, onRemoved }: { detail: CalendarDetail; onRemoved: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const removal = useRemoveCalendar();
  const answer = (go: boolean) => {
    setAsking(false);
    if (go) removal.mutate(detail, { onSuccess: onRemoved });
  };
  if (detail.uses.numbers.length > 0) return null;
  return (
    <>
      {removal.error === null ? null : (
        <Notice kind="error" title="削除できませんでした">
          {messageOf(removal.error)}
        </Notice>
      )}
      <Button look="outline" size="small" isPending={removal.isPending} onPress={() => setAsking(true)}>
        このカレンダーを削除する
      </Button>
      <ConfirmDialog title="このカレンダーを削除しますか" yes="削除する" isOpen={isAsking} onAnswer={answer}>
        <p className="text-std-16B-170">{detail.calendar.name}</p>
        <p className="mt-2 text-std-16N-170">元に戻せません。</p>
        {detail.earlierVersions.length === 0 ? null : (
          <div className="mt-2 text-std-16N-170">
            <p>次の版は、このカレンダーを使っています。削除すると、次の版には戻せなくなります。</p>
            <ul className="mt-1 max-h-60 list-disc overflow-y-auto pl-6 break-words">
              {detail.earlierVersions.map((version) => (
                <li key={version}>{version}</li>
              ))}
            </ul>
          </div>
        )}
      </ConfirmDialog>
    </>
  );
}
