import type { InboxDetail } from '@madoguchi/server/inbox-contract';
import { momentShown } from '../words/japanese-time.ts';
import { DEEDS } from './item-words.ts';

/** Who did what to an item, newest first. */
export function ItemHistory({ detail: { item, changes } }: { detail: InboxDetail }) {
  return (
    <ol className="rounded-8 border border-solid-gray-300 bg-white px-5 py-3 text-dns-16N-130">
      {changes.toReversed().map(({ version, at, person, deed, to }) => (
        <li key={version} className="border-b border-solid-gray-200 py-2">
          <span className="numerals mr-3 text-dns-14N-130 text-solid-gray-700">{momentShown(at)}</span>
          {person.name}さんが{to === null ? '' : `${to.name}さんへ`}
          {DEEDS[deed]}
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
