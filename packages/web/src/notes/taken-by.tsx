import type { CallNote } from '@madoguchi/server/inbox-contract';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useTakeCall } from './use-notes.ts';

/** Who took a call, and the button to say that one did. */
export function TakenBy({ callId, note }: { callId: string; note: CallNote }) {
  const { data: me } = useQuery(meQuery);
  const take = useTakeCall(callId);
  const isMine = note.takenBy !== null && note.takenBy.personId === me?.userId;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {note.takenBy === null ? null : (
        <p className="flex items-center gap-1.5 text-dns-16B-130 text-success-2">
          <Icon name="check" />
          {isMine ? 'あなたが受けました' : `${note.takenBy.name}さんが受けました`}
        </p>
      )}
      {isMine ? null : (
        <Button
          size="small"
          look={note.takenBy === null ? 'solid' : 'quiet'}
          onPress={() => {
            if (!take.isPending) take.mutate(note.version);
          }}
        >
          <Icon name="person" className="size-4" />
          {note.takenBy === null ? '自分が受けた' : '受けた人を自分に直す'}
        </Button>
      )}
      {take.error === null || note.takenBy !== null ? null : (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊{messageOf(take.error)}
        </p>
      )}
    </div>
  );
}
