import type { CallNote } from '@madoguchi/server/inbox-contract';

/** A note in a few words, to be read. */
export function NoteShown({
  note: { category, result, memo, takenBy },
  isSmall = false,
}: {
  note: CallNote;
  isSmall?: boolean;
}) {
  const parts = [
    category === null ? null : `用件区分：${category.label}`,
    result === null ? null : `結果：${result.label}`,
    takenBy === null ? null : `受けた人：${takenBy.name}さん`,
  ].filter((part) => part !== null);
  if (parts.length === 0 && memo === '') return null;
  return (
    <div className={isSmall ? 'text-dns-14N-130' : 'text-std-16N-170'}>
      {parts.length === 0 ? null : <p>{parts.join('　')}</p>}
      {memo === '' ? null : <p className="break-words whitespace-pre-wrap">メモ：{memo}</p>}
    </div>
  );
}
