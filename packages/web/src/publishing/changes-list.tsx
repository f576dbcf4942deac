import type { PublishingOutlook } from '@madoguchi/server/publish-contract';
import { Icon, type IconName } from '../design/icon.tsx';
import { ReadingChanges } from './reading-changes.tsx';

type Change = PublishingOutlook['changes'][number];

const TYPES: Readonly<Record<Change['type'], { word: string; icon: IconName }>> = {
  added: { word: '追加', icon: 'note' },
  changed: { word: '変更', icon: 'settings' },
  removed: { word: '削除', icon: 'cross' },
};

/** What is otherwise than before, node by node and word by word, the old at the left and the new at the right. */
export function ChangesList({
  changes,
  readings,
}: {
  changes: readonly Change[];
  readings: PublishingOutlook['readings'];
}) {
  if (changes.length === 0 && readings.length === 0)
    return <p className="text-std-16N-170">公開している版と同じです。</p>;
  return (
    <ul className="flex flex-col gap-3">
      {changes.map((change) => (
        <li
          key={`${change.flowId}/${change.nodeId}`}
          className="break-inside-avoid rounded-8 border border-solid-gray-300 bg-white p-3"
        >
          <p className="mb-1 flex flex-wrap items-center gap-2 text-std-16B-170">
            <span className="inline-flex items-center gap-1 rounded-4 border border-solid-gray-420 px-1.5 text-dns-14B-130">
              <Icon name={TYPES[change.type].icon} className="size-4" />
              {TYPES[change.type].word}
            </span>
            {change.title}
            <span className="font-normal text-solid-gray-700">
              {change.kindLabel}・{change.flowName}
            </span>
          </p>
          {change.type === 'removed' ? null : <Settings change={change} />}
        </li>
      ))}
      {readings.length === 0 ? null : (
        <li className="break-inside-avoid rounded-8 border border-solid-gray-300 bg-white p-3">
          <p className="mb-1 flex flex-wrap items-center gap-2 text-std-16B-170">
            <span className="inline-flex items-center gap-1 rounded-4 border border-solid-gray-420 px-1.5 text-dns-14B-130">
              <Icon name={TYPES.changed.icon} className="size-4" />
              {TYPES.changed.word}
            </span>
            言葉の読み
            <span className="font-normal text-solid-gray-700">読みの辞書</span>
          </p>
          <ReadingChanges readings={readings} />
        </li>
      )}
    </ul>
  );
}

function Settings({ change }: { change: Change }) {
  const isNew = change.type === 'added';
  return (
    <table className="w-full table-fixed border-collapse text-dns-16N-130">
      {/* A heading that only screen readers have gives no width to its column. */}
      <colgroup>
        <col className="w-44" />
      </colgroup>
      <thead className={isNew ? 'sr-only' : ''}>
        <tr className="text-left text-dns-14B-130 text-solid-gray-700">
          <th scope="col" className="py-1">
            設定
          </th>
          {isNew ? null : (
            <th scope="col" className="py-1">
              いまの内容
            </th>
          )}
          <th scope="col" className="py-1">
            新しい内容
          </th>
        </tr>
      </thead>
      <tbody>
        {change.settings.map(({ setting, before, after }) => (
          <tr key={setting} className="border-t border-solid-gray-200 align-top">
            <th scope="row" className="py-1 pr-2 text-left text-dns-14B-130">
              {setting}
            </th>
            {isNew ? null : (
              <td className="py-1 pr-3 whitespace-pre-line text-solid-gray-700">
                <del className="no-underline">{before}</del>
              </td>
            )}
            <td className="py-1 whitespace-pre-line">
              <ins className="no-underline">{after}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
