import type { CallBackground } from '@madoguchi/server/inbox-contract';
import { OutcomeLabel } from '../calls/outcome-label.tsx';
import { NoteShown } from '../notes/note-shown.tsx';
import { momentShown } from '../words/japanese-time.ts';

/** The last calls of the same number. */
export function EarlierCalls({
  earlier,
  hasNumber,
}: {
  earlier: CallBackground['earlier'];
  hasNumber: boolean;
}) {
  return (
    <section aria-label="これまでの電話">
      <h4 className="text-std-16B-170">これまでの電話</h4>
      {earlier.length === 0 ? (
        <p className="text-std-16N-170 text-solid-gray-700">
          {hasNumber ? 'この番号からの電話は初めてです。' : '番号の通知がないため、表示できません。'}
        </p>
      ) : (
        <ol>
          {earlier.map(({ call, note }) => (
            <li key={call.callId} className="border-b border-solid-gray-200 py-1.5 last:border-b-0">
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dns-14N-130">
                <span className="numerals">{momentShown(call.beganAt)}</span>
                <span>{call.phoneNumberName ?? call.phoneNumberShown}</span>
                <OutcomeLabel call={call} />
              </span>
              {note === null ? null : <NoteShown note={note} isSmall />}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
