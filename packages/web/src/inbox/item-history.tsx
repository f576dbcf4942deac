import type { InboxDetail } from '@madoguchi/server/inbox-contract';
import { resultOf } from '../call-out/placed-call-words.ts';
import { momentShown } from '../words/japanese-time.ts';
import { DEEDS } from './item-words.ts';

/** Who did what to an item and called for it, newest first. */
export function ItemHistory({ detail: { item, changes, placedCalls } }: { detail: InboxDetail }) {
  const entries = [
    ...changes.map(({ version, at, person, deed, to }) => ({
      id: String(version),
      at,
      words: `${person.name}さんが${to === null ? '' : `${to.name}さんへ`}${DEEDS[deed]}`,
    })),
    ...placedCalls.map((call) => ({
      id: call.placedCallId,
      at: call.at,
      words: `${call.person.name}さんが電話をかけました：${resultOf(call).word}`,
    })),
  ].toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <ol className="rounded-8 border border-solid-gray-300 bg-white px-5 py-3 text-dns-16N-130">
      {entries.map(({ id, at, words }) => (
        <li key={id} className="border-b border-solid-gray-200 py-2">
          <span className="numerals mr-3 text-dns-14N-130 text-solid-gray-700">{momentShown(at)}</span>
          {words}
        </li>
      ))}
      <li className="py-2">
        <span className="numerals mr-3 text-dns-14N-130 text-solid-gray-700">
          {momentShown(item.createdAt)}
        </span>
        電話で受け付けました
      </li>
    </ol>
  );
}
