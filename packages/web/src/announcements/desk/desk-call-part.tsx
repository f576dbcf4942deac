import type { DeskCall } from '@madoguchi/server/announcement-contract';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { OwnTelephoneDialog } from '../../call-out/own-telephone-dialog.tsx';
import { useOwnCall } from '../../call-out/use-placed-calls.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { deskCallInWords } from './desk-call-words.ts';
import { type DeskOrdering, isOpen, useDeskCall, useRingDesk, useStopDeskCall } from './use-desk-call.ts';

/** Rings the clerk's own telephone and tells how it goes. A clerk who has not told which telephone that is, is asked once. */
export function DeskCallPart({
  order,
  word,
  onDone,
}: {
  order: DeskOrdering | null;
  /** On the button. */
  word: string;
  /** Told once of a call of this part that came to its end. */
  onDone?: (call: DeskCall) => void;
}) {
  const { data: own } = useOwnCall();
  const { data } = useDeskCall();
  const ring = useRingDesk();
  const stop = useStopDeskCall();
  const [isAsked, setAsked] = useState(false);
  const [mineId, setMineId] = useState<string | null>(null);
  const call = data?.call ?? null;
  const mine = call !== null && call.deskCallId === mineId ? call : null;
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (mine === null || mine.state !== 'done' || told.current === mine.deskCallId) return;
    told.current = mine.deskCallId;
    onDone?.(mine);
  }, [mine, onDone]);

  const isRinging = mine !== null && isOpen(mine);
  const begin = () => {
    if (order === null || ring.isPending) return;
    ring.mutate(order, { onSuccess: ({ call: rung }) => setMineId(rung?.deskCallId ?? null) });
  };
  const failure = ring.error ?? stop.error;
  return (
    <div className="flex flex-col print:hidden">
      <div className="flex flex-wrap items-center gap-3">
        {isRinging ? (
          <Button
            look="outline"
            size="small"
            isPending={stop.isPending}
            onPress={() => stop.mutate(mine.deskCallId)}
          >
            <Icon name="cross" className="size-4" />
            電話をやめる
          </Button>
        ) : (
          <Button
            look="outline"
            size="small"
            isDisabled={order === null || own === undefined || (call !== null && isOpen(call))}
            isPending={ring.isPending}
            onPress={() => (own?.telephone == null ? setAsked(true) : begin())}
          >
            <Icon name="phone" className="size-4" />
            {word}
          </Button>
        )}
        {own?.telephone == null ? null : (
          <span className="numerals text-dns-14N-130 text-solid-gray-700">
            鳴る電話機：{own.telephone.shown}
          </span>
        )}
      </div>
      <p role="status" className="numerals mt-2 text-std-16N-170 empty:mt-0">
        {mine === null ? null : deskCallInWords(mine)}
      </p>
      {failure === null ? null : (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊{messageOf(failure)}
        </p>
      )}
      {isAsked ? (
        <OwnTelephoneDialog
          shown=""
          yes="登録して電話を鳴らす"
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            begin();
          }}
        />
      ) : null}
    </div>
  );
}
