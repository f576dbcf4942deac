import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { Icon } from '../../design/icon.tsx';
import { pictureOf } from '../kind-pictures.ts';
import { firstWordsOf, kindLabel, titleOf } from '../node-words.ts';
import type { CardNode } from './graph.ts';

/** One node on the canvas: what it is, its first words, and a row for each way out. Its height is layout.ts's `cardHeight`. */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const { node, ways, isStart, isTabStop, errors, warnings, isLit, mark } = data;
  const words = firstWordsOf(node);
  const marks = data.wayMarks.split('\n');
  const border = selected
    ? 'border-key-900 ring-4 ring-key-200'
    : errors > 0
      ? 'border-error-1'
      : isLit
        ? 'border-green-900 ring-4 ring-green-200'
        : 'border-solid-gray-420';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element may not hold the list of ways
    <div
      id={`card-${id}`}
      data-card={id}
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={selected}
      aria-label={spokenOf(data)}
      className={`w-64 rounded-8 border-2 bg-white text-left ${border}`}
    >
      <Handle type="target" position={Position.Left} className="way-in" />
      <div className="flex h-13.5 items-center gap-2 px-3">
        <span className="text-key-900">
          <Icon name={pictureOf(node.kind).icon} className="size-6" />
        </span>
        <span className="min-w-0 grow">
          <span className="block truncate text-dns-16B-130">{titleOf(node)}</span>
          <span className="block truncate text-dns-14N-130 text-solid-gray-700">
            {isStart ? '始まり　' : ''}
            {kindLabel(node.kind)}
          </span>
        </span>
        {errors + warnings === 0 ? null : (
          <span
            className={`flex items-center gap-0.5 text-dns-14B-130 ${errors > 0 ? 'text-error-2' : 'text-yellow-1000'}`}
          >
            <Icon name={errors > 0 ? 'cross' : 'alert'} className="size-5" />
            {errors + warnings}
          </span>
        )}
      </div>
      {words === '' ? null : (
        <p className="h-12 overflow-hidden border-t border-solid-gray-200 px-3 py-1 text-dns-14N-130 text-solid-gray-700">
          <span className="line-clamp-2">{words}</span>
        </p>
      )}
      {mark === null ? null : (
        <p className="absolute -top-7 left-0 rounded-4 bg-solid-gray-900 px-1.5 py-0.5 text-dns-14B-130 whitespace-nowrap text-white">
          {mark}
        </p>
      )}
      <ul>
        {ways.map(({ branch, label, target }, place) => (
          <li
            key={branch}
            className="relative flex h-8 items-center justify-end gap-2 border-t border-solid-gray-200 px-3 text-dns-14N-130"
          >
            {marks[place] === undefined || marks[place] === '' ? null : (
              <span className="numerals shrink-0 rounded-4 border border-solid-gray-420 px-1 text-dns-14B-130 whitespace-nowrap">
                {marks[place]}
              </span>
            )}
            <span className="truncate">{label}</span>
            {target === null ? <span className="text-solid-gray-700">（未設定）</span> : null}
            <Handle
              id={branch}
              type="source"
              position={Position.Right}
              className={target === null ? 'way-out way-out-free' : 'way-out'}
            />
          </li>
        ))}
      </ul>
    </div>
  );
});

/** What a screen reader says of a card: what it is, how many ways lead on, whether something is wrong. */
function spokenOf(data: CardNode['data']): string {
  const { node, ways, isStart, errors, warnings, mark } = data;
  const marks = data.wayMarks.split('\n');
  const free = ways.filter(({ target }) => target === null).length;
  return [
    `${titleOf(node)}、${kindLabel(node.kind)}`,
    isStart ? '始まり' : '',
    ways.length === 0 ? '' : `出口${ways.length}${free === 0 ? '' : `、うち未設定${free}`}`,
    errors === 0 ? '' : `直すところ${errors}件`,
    warnings === 0 ? '' : `注意${warnings}件`,
    mark ?? '',
    ...ways.map(({ label }, place) => ((marks[place] ?? '') === '' ? '' : `${label} ${marks[place]}`)),
  ]
    .filter((words) => words !== '')
    .join('、');
}
