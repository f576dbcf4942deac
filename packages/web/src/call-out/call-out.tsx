import type { PlacedCallOrder } from '@madoguchi/server/inbox-contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { CallProgress } from './call-progress.tsx';
import { OwnTelephoneDialog } from './own-telephone-dialog.tsx';
import { isOpen } from './placed-call-words.ts';
import { useOwnCall, usePlaceCall, useStopCall } from './use-placed-calls.ts';

/**
 * One click rings the clerk's telephone and then the citizen's. A clerk who has not told which telephone that is, is asked once.
 * @param number national digits of the citizen; null where none was left.
 */
export function CallOut({ order, number }: { order: PlacedCallOrder; number: string | null }) {
  const { data: own, error } = useOwnCall();
  const place = usePlaceCall();
  const stop = useStopCall();
  const [asked, setAsked] = useState<'toCall' | 'toChange' | null>(null);
  /** The call that this screen tells of, also after its end. */
  const [shownId, setShownId] = useState<string | null>(null);
  const call = own?.call ?? null;
  const isThisOpen = call !== null && isOpen(call) && call.citizenNumber === number;
  const isOtherOpen = call !== null && isOpen(call) && !isThisOpen;
  if (isThisOpen && call.placedCallId !== shownId) setShownId(call.placedCallId);
  // What the histories beside it tell changes with every step.
  const queryClient = useQueryClient();
  const step = call !== null && call.placedCallId === shownId ? `${call.placedCallId} ${call.state}` : null;
  useEffect(() => {
    if (step === null) return;
    void queryClient.invalidateQueries({ queryKey: ['inbox', 'item'] });
    void queryClient.invalidateQueries({ queryKey: ['citizen'] });
  }, [queryClient, step]);
  const telephone = own?.telephone ?? null;
  const reason =
    number === null
      ? '電話番号が残されていないため、かけられません。'
      : isOtherOpen
        ? '別の電話をおかけになっています。その電話が終わると、かけられます。'
        : null;

  const callNow = () => {
    if (place.isPending) return;
    place.mutate(order, { onSuccess: ({ call: placed }) => setShownId(placed?.placedCallId ?? null) });
  };
  const failure = error ?? place.error ?? stop.error;
  return (
    <div className="flex flex-col gap-2">
      {failure === null ? null : (
        <Notice kind="error" title="電話の操作ができませんでした">
          {messageOf(failure)}
        </Notice>
      )}
      {call !== null && call.placedCallId === shownId ? (
        <CallProgress
          call={call}
          isStopping={stop.isPending}
          onStop={() => {
            if (!stop.isPending) stop.mutate(call.placedCallId);
          }}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {isThisOpen ? null : (
          <Button
            isDisabled={reason !== null || own === undefined}
            isPending={place.isPending}
            onPress={() => (telephone === null ? setAsked('toCall') : callNow())}
          >
            <Icon name="phone" />
            この番号に電話する
          </Button>
        )}
        {reason === null ? null : <p className="text-std-16N-170">{reason}</p>}
        {telephone === null || number === null ? null : (
          <p className="numerals text-dns-14N-130 text-solid-gray-700">
            はじめに鳴る電話機：{telephone.shown}
            <Button look="quiet" size="small" onPress={() => setAsked('toChange')}>
              変更する
            </Button>
          </p>
        )}
      </div>
      {asked === null ? null : (
        <OwnTelephoneDialog
          shown={telephone?.shown ?? ''}
          yes={asked === 'toCall' ? '登録して電話する' : '登録する'}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null);
            if (asked === 'toCall') callNow();
          }}
        />
      )}
    </div>
  );
}
