import type { Citizen } from '@madoguchi/server/inbox-contract';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { CallOut } from '../call-out/call-out.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { TextField } from '../design/text-field.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { useChangeComplaint } from './use-complaints.ts';

/** The number itself, whether it carries the complaint flag and why, and the form that sets or clears it. */
export function ComplaintPart({
  citizen: { number, numberShown, numberKind, complaint },
}: {
  citizen: Citizen;
}) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const change = useChangeComplaint();
  const isFlagged = complaint !== null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() === '' || change.isPending) return;
    change.mutate(
      { number, flagged: !isFlagged, reason },
      {
        onSuccess: () => {
          setReason('');
          setOpen(false);
        },
      },
    );
  };

  return (
    <div className="mb-5 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="numerals text-std-24B-150 text-solid-gray-900">{numberShown}</p>
        <p className="text-std-16N-170 text-solid-gray-700">{numberKind}</p>
        {isFlagged ? <StateLabel word="苦情あり" icon="flag" tone="bad" /> : null}
        {isOpen ? null : (
          <span className="ml-auto">
            <Button look="outline" size="small" onPress={() => setOpen(true)}>
              <Icon name="flag" className="size-4" />
              {isFlagged ? '苦情の印を外す' : '苦情の印を付ける'}
            </Button>
          </span>
        )}
      </div>
      <div className="mt-3">
        <CallOut order={{ number }} number={number} />
      </div>
      {complaint === null ? null : (
        <p className="mt-2 text-std-16N-170 break-words whitespace-pre-wrap">
          理由：{complaint.reason}
          <span className="numerals block text-dns-14N-130 text-solid-gray-700">
            {momentShown(complaint.at)}　{complaint.person.name}さんが付けました
          </span>
        </p>
      )}
      {isOpen ? (
        <form onSubmit={submit} aria-label="苦情の印" className="mt-3 flex flex-col gap-3">
          {change.error === null ? null : (
            <Notice kind="error" title="変更できませんでした">
              {messageOf(change.error)}
            </Notice>
          )}
          <TextField
            label={isFlagged ? '印を外す理由' : '印を付ける理由'}
            isRequired
            rows={2}
            autoFocus
            value={reason}
            onChange={setReason}
            maxLength={2000}
            validationBehavior="aria"
            errorMessage={isMissing ? '理由を入力してください。' : undefined}
          />
          <div className="flex gap-3">
            <Button type="submit" size="small">
              {isFlagged ? '印を外す' : '印を付ける'}
            </Button>
            <Button look="outline" size="small" onPress={() => setOpen(false)}>
              やめる
            </Button>
          </div>
        </form>
      ) : null}
    </div>
  );
}
