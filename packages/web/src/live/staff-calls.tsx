import type { CallSummary } from '@madoguchi/server/contract';
import { useState } from 'react';
import { Section } from '../design/section.tsx';
import { StaffCallList } from './staff-call-list.tsx';
import { StaffCallPanel } from './staff-call-panel.tsx';

/**
 * Calls at which a member of staff's telephone rings or is in use: list on the left, on the right one call's caller and the note.
 * What stands on the right stays there while somebody works in it, whatever rings meanwhile and even when the call is over; nothing
 * here ever moves the focus.
 */
export function StaffCalls({ calls }: { calls: readonly CallSummary[] }) {
  const [kept, setKept] = useState<CallSummary | null>(null);
  const atStaff = calls
    .filter((call) => call.staff !== null)
    .sort((a, b) => Number(b.staff === 'ringing') - Number(a.staff === 'ringing'));
  const current = calls.find(({ callId }) => callId === kept?.callId);
  const shown = current ?? kept ?? atStaff[0] ?? null;
  if (shown === null) return null;
  const isOver = current === undefined && kept !== null;
  const ringing = atStaff.filter(({ staff }) => staff === 'ringing').length;
  return (
    <Section title={ringing > 0 ? '職員の電話が鳴っています' : '職員が受けている電話'}>
      <p role="status" className="sr-only">
        {ringing === 0 ? '' : `職員の電話が${ringing}件鳴っています。`}
      </p>
      <div className="grid grid-cols-[15.5rem_minmax(0,1fr)] items-start gap-4">
        <StaffCallList calls={atStaff} shownId={shown.callId} onChoose={setKept} />
        <StaffCallPanel
          key={shown.callId}
          call={shown}
          isOver={isOver}
          onWorkBegins={() => setKept(shown)}
          onClose={kept === null ? null : () => setKept(null)}
        />
      </div>
    </Section>
  );
}
