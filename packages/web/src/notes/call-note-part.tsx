import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../api/api-error.ts';
import { Notice } from '../design/notice.tsx';
import { NoteForm } from './note-form.tsx';
import { TakenBy } from './taken-by.tsx';
import { noteChoicesQuery, useNote } from './use-notes.ts';

/** Everything that staff write about one call: who took it, and the note. */
export function CallNotePart({ callId }: { callId: string }) {
  const note = useNote(callId);
  const choices = useQuery(noteChoicesQuery);
  const error = note.error ?? choices.error;
  if (note.data === undefined || choices.data === undefined) {
    return error === null ? (
      <p className="text-std-16N-170 text-solid-gray-700">読み込んでいます…</p>
    ) : (
      <Notice kind="error" title="応対の記録を読み込めませんでした">
        {messageOf(error)}
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-4">
      <TakenBy callId={callId} note={note.data} />
      <NoteForm key={callId} callId={callId} note={note.data} choices={choices.data} />
    </div>
  );
}
