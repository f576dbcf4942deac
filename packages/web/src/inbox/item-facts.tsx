import type { InboxItem } from '@madoguchi/server/inbox-contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CitizenLink } from '../citizen/citizen-link.tsx';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { Due } from './due.tsx';
import { ITEM_KINDS, ITEM_STATES } from './item-words.ts';

/** Whom to call about what and by when, and who deals with it. */
export function ItemFacts({ item }: { item: InboxItem }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,auto))] gap-x-6 gap-y-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <Fact name="状態">
        <StateLabel {...ITEM_STATES[item.state]} />
      </Fact>
      <Fact name="種類">{ITEM_KINDS[item.kind].word}</Fact>
      <Fact name="電話をかける相手">
        <span className="numerals mr-2 font-bold">{item.callBackShown}</span>
        <ComplaintMark number={item.callBackNumber} />
        <span className="block">
          <CitizenLink number={item.callBackNumber} />
        </span>
      </Fact>
      {item.wishedTime === null ? null : <Fact name="希望の時間">{item.wishedTime}</Fact>}
      <Fact name="期限">
        <Due item={item} />
      </Fact>
      <Fact name="担当">{item.assignee?.name ?? '決まっていません'}</Fact>
      <Fact name={item.kind === 'noMoreCalls' ? 'かけた番号' : 'かかってきた番号'}>
        {item.phoneNumberName ?? '登録のない番号'}
        <span className="numerals block text-dns-14N-130 text-solid-gray-700">{item.phoneNumberShown}</span>
      </Fact>
      <Fact name="受けた日時">
        <span className="numerals block">{momentShown(item.createdAt)}</span>
        <Link
          to="/calls/$callId"
          params={{ callId: item.callId }}
          className="mt-1 inline-block rounded-4 text-dns-14N-130 text-key-900 underline underline-offset-4 print:hidden"
        >
          この通話の流れ
        </Link>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-dns-14B-130 text-solid-gray-700">{name}</dt>
      <dd className="mt-1 text-dns-16N-130 text-solid-gray-900">{children}</dd>
    </div>
  );
}
