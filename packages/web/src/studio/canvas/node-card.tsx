import { Handle, type NodeProps, Position } from '@xyflow/react';
import { createContext, memo, use, useEffect, useRef } from 'react';
import { Icon } from '../../design/icon.tsx';
import { pictureOf } from '../kind-pictures.ts';
import { firstWordsOf, kindLabel, titleOf } from '../node-words.ts';
import type { CardData, CardNode } from './graph.ts';

/** Whether cards are too small to be read. */
export const IsFar = createContext(false);

/**
 * One node on the canvas: what it is, its first words, and a row for each way out; only a frame where it is too small to be read: hundreds of cards
 * are in view then, and nobody could hit a handle. Its height is layout.ts's `cardHeight`.
 */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const { isTabStop, errors, isLit, shown } = data;
  const isFar = use(IsFar);
  const box = useRef<HTMLDivElement>(null);
  // By the card itself: one that was just put in is drawn only a moment after the flow has it.
  useEffect(() => {
    if (shown !== null) box.current?.focus({ preventScroll: true });
  }, [shown]);
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
      ref={box}
      data-card={id}
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={selected}
      aria-label={spokenOf(data)}
      className={`h-full w-64 rounded-8 text-left ${isFar ? 'border-2 bg-key-200' : 'border-2 bg-white'} ${border}`}
    >
      {isFar ? null : <Inside data={data} />}
    </div>
  );
}, isSameCard);

const Inside = memo(function Inside({ data }: { data: CardData }) {
  const { node, ways, isStart, errors, warnings, mark } = data;
  const words = firstWordsOf(node);
  const marks = data.wayMarks.split('\n');
  return (
    <>
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
    </>
  );
});

/** React Flow hands a card its place as well, which nothing in it follows. */
function isSameCard(one: NodeProps<CardNode>, other: NodeProps<CardNode>): boolean {
  return one.id === other.id && one.data === other.data && one.selected === other.selected;
}

/** What a screen reader says of a card: what it is, how many ways lead on, whether something is wrong. */
function spokenOf(data: CardData): string {
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
