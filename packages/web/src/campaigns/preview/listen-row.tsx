import type { DeskCallOrder } from '@madoguchi/server/announcement-contract';
import type { Recipient } from '@madoguchi/server/campaign-contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { DeskCallPart } from '../../announcements/desk/desk-call-part.tsx';
import { usePreview } from '../../announcements/use-preview.ts';
import { Button } from '../../design/button.tsx';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { useTellHeard } from '../campaign-deeds.ts';
import { recipientPreviewQuery, useRecipientPreview } from '../campaign-queries.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { type Said, type Scope, saidTo } from './said-to.ts';

const SCOPES = [
  { id: 'own', word: 'その方だけの案内' },
  { id: 'all', word: 'すべての案内' },
];

/** People one after another: what each is told is heard and read along, here or in one call to the clerk's telephone. */
export function ListenRow({ campaignId, people }: { campaignId: string; people: readonly Recipient[] }) {
  const [scope, setScope] = useState<Scope>('own');
  const [place, setPlace] = useState({ person: 0, text: 0 });
  const [state, setState] = useState<'still' | 'sounding' | 'through'>('still');
  const [now] = useState(() => Date.now());
  const tellHeard = useTellHeard(campaignId);
  const queryClient = useQueryClient();
  const recipient = people[place.person];
  const { data, error, refetch } = useRecipientPreview(campaignId, recipient?.recipientId ?? 0);
  const said = useMemo(() => (data === undefined ? null : saidTo(data, scope, now)), [data, scope, now]);
  const preview = usePreview((how) => {
    if (how === 'ended') setPlace(({ person, text }) => ({ person, text: text + 1 }));
    else setState('still');
  });
  const { play, stop } = preview;
  const isSounding = state === 'sounding';
  const isLast = place.person === people.length - 1;

  useEffect(() => {
    if (!isSounding || said === null) return;
    const next = said[place.text];
    if (next !== undefined) play(next.heard);
    else if (!isLast) setPlace(({ person }) => ({ person: person + 1, text: 0 }));
    else setState('through');
  }, [isSounding, said, place, isLast, play]);
  const tell = useRef(tellHeard);
  tell.current = tellHeard;
  useEffect(() => {
    if (state === 'through') tell.current();
  }, [state]);

  const goTo = (person: number) => {
    stop();
    setPlace({ person, text: 0 });
    if (state === 'through') setState('still');
  };
  const halt = () => {
    stop();
    setState('still');
    tellHeard();
  };
  const begin = () => {
    setPlace(state === 'through' ? { person: 0, text: 0 } : { ...place, text: 0 });
    setState('sounding');
  };
  /** All of them in one call, each announced by his place in the row. */
  const orderForTelephone = async (): Promise<DeskCallOrder> => {
    const previews = await Promise.all(
      people.map(({ recipientId }) => queryClient.fetchQuery(recipientPreviewQuery(campaignId, recipientId))),
    );
    const [first, ...more] = previews.flatMap((each, index) => {
      const own = saidTo(each, scope, now).map(({ heard }) => heard);
      const voice = own[0]?.voice;
      const who = { type: 'text', text: `${index + 1}人目です。` } as const;
      return [{ content: who, ...(voice === undefined ? {} : { voice }) }, ...own];
    });
    return {
      kind: 'listen',
      heard: first ?? { content: { type: 'text', text: '案内はありません。' } },
      more,
    };
  };

  if (recipient === undefined) return null;
  return (
    <section
      aria-label="続けて聞く"
      className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4"
    >
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2 print:hidden">
        <ChoiceBar
          label="聞く案内"
          choices={SCOPES}
          value={scope}
          onChange={(id) => {
            goTo(place.person);
            setState('still');
            setScope(id === 'all' ? 'all' : 'own');
          }}
        />
        <div className="flex flex-wrap gap-2">
          <Button
            look="outline"
            size="small"
            isDisabled={place.person === 0}
            onPress={() => goTo(place.person - 1)}
          >
            <Icon name="chevronLeft" className="size-4" />
            前の方
          </Button>
          <Button look={isSounding ? 'outline' : 'solid'} size="small" onPress={isSounding ? halt : begin}>
            <Icon name={isSounding ? 'cross' : 'speaker'} className="size-4" />
            {isSounding ? '止める' : `${people.length}人を続けて聞く`}
          </Button>
          <Button look="outline" size="small" isDisabled={isLast} onPress={() => goTo(place.person + 1)}>
            次の方
            <Icon name="chevronRight" className="size-4" />
          </Button>
        </div>
        <DeskCallPart
          order={orderForTelephone}
          word={`電話機で${people.length}人分を聞く`}
          onDone={tellHeard}
        />
      </div>
      <p role="status" className="numerals text-std-16B-170">
        {state === 'through'
          ? `${people.length}人分を聞き終わりました。`
          : `${place.person + 1}人目（${people.length}人のうち）　宛名番号 ${recipient.addresseeNumber}　${recipient.rowNo}行目`}
      </p>
      {preview.error === null ? null : (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊{preview.error}
        </p>
      )}
      {said === null ? (
        error === null ? (
          <Loading rows={2} />
        ) : (
          <ReadingTrouble what="流れる内容" error={error} onAgain={() => void refetch()} />
        )
      ) : (
        <Texts said={said} current={isSounding ? place.text : null} />
      )}
    </section>
  );
}

function Texts({ said, current }: { said: readonly Said[]; current: number | null }) {
  if (said.length === 0)
    return <p className="text-std-16N-170 text-solid-gray-700">この方だけの案内はありません。</p>;
  return (
    <ol className="flex flex-col gap-1">
      {said.map(({ text }, index) => {
        const isCurrent = index === current;
        return (
          <li
            key={text}
            aria-current={isCurrent ? 'true' : undefined}
            className={`flex items-start gap-2 rounded-8 border-l-4 px-3 py-1.5 ${isCurrent ? 'border-key-900 bg-key-50 text-std-16B-170' : 'border-transparent text-std-16N-170'}`}
          >
            <span className="w-6 shrink-0 pt-1">
              {isCurrent ? <Icon name="speaker" className="size-5" /> : null}
            </span>
            {text}
          </li>
        );
      })}
    </ol>
  );
}
