import type { PublishingOutlook } from '@madoguchi/server/publish-contract';

/** Words of the announcements that the voice will read otherwise. */
export function ReadingChanges({ readings }: { readings: PublishingOutlook['readings'] }) {
  return (
    <table className="w-full table-fixed border-collapse text-dns-16N-130">
      <thead>
        <tr className="text-left text-dns-14B-130 text-solid-gray-700">
          <th scope="col" className="w-44 py-1">
            言葉
          </th>
          <th scope="col" className="py-1">
            いまの読み
          </th>
          <th scope="col" className="py-1">
            新しい読み
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map(({ surface, before, after }) => (
          <tr key={surface} className="border-t border-solid-gray-200 align-top">
            <th scope="row" className="py-1 pr-2 text-left text-dns-14B-130 break-words">
              {surface}
            </th>
            <td className="py-1 pr-3 break-words text-solid-gray-700">
              <del className="no-underline">{before ?? '登録なし'}</del>
            </td>
            <td className="py-1 break-words">
              <ins className="no-underline">{after ?? '登録なし'}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
