import { useId } from 'react';
import { momentShown } from '../../words/japanese-time.ts';
import { counted } from '../campaign-words.ts';
import { endOfDays, HOUR_MS, roundAbove, timeMarks } from './reach-scale.ts';
import type { ReachPoint } from './reach-so-far.ts';

const WIDTH = 800;
const HEIGHT = 240;
const LEFT = 56;
const RIGHT = 8;
const BOTTOM = 28;
const TOP = 10;
const MARKS = 4;
/** A table of more hours than these is one of days. */
const MOST_HOURS = 36;

/**
 * How tries and reached people grow with time; the same figures stand in a table below it. Hours are as wide as they are long, also those of the
 * night in which nobody is called.
 */
export function ReachChart({ points }: { points: readonly ReachPoint[] }) {
  const titleId = useId();
  const from = Date.parse(points[0]?.at ?? '');
  const to = Date.parse(points.at(-1)?.at ?? '') + HOUR_MS;
  const most = roundAbove(Math.max(0, ...points.map(({ tried }) => tried)));
  const x = (time: number) => LEFT + ((time - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (count: number) => TOP + (1 - count / most) * (HEIGHT - TOP - BOTTOM);
  const line = (of: 'tried' | 'reached') => {
    let before = 0;
    const steps = points.map((point) => {
      const at = Date.parse(point.at);
      const step = `L${x(at)} ${y(before)}L${x(at + HOUR_MS)} ${y(point[of])}`;
      before = point[of];
      return step;
    });
    return `M${x(from)} ${y(0)}${steps.join('')}`;
  };
  return (
    <figure className="flex flex-col gap-2">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-labelledby={titleId}
        className="w-full max-w-5xl"
      >
        <title id={titleId}>{chartInWords(points)}</title>
        {Array.from({ length: MARKS + 1 }, (_, mark) => {
          const count = (most / MARKS) * mark;
          return (
            <g key={count}>
              <line x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} className="stroke-solid-gray-200" />
              <text
                x={LEFT - 8}
                y={y(count) + 5}
                textAnchor="end"
                className="numerals fill-solid-gray-700 text-[14px]"
              >
                {count.toLocaleString('ja-JP')}
              </text>
            </g>
          );
        })}
        {timeMarks(from, to).map(({ at, word }) => (
          <g key={at}>
            <line x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM + 4} className="stroke-solid-gray-200" />
            <text
              x={x(at)}
              y={HEIGHT - 6}
              textAnchor={x(at) < LEFT + 40 ? 'start' : x(at) > WIDTH - 50 ? 'end' : 'middle'}
              className="numerals fill-solid-gray-700 text-[14px]"
            >
              {word}
            </text>
          </g>
        ))}
        {/* Dashes tell the lines apart without colour. */}
        <path d={line('tried')} className="fill-none stroke-solid-gray-700 stroke-2" strokeDasharray="7 4" />
        <path d={line('reached')} className="fill-none stroke-key-900 stroke-3" />
      </svg>
      <figcaption className="flex flex-wrap gap-x-6 text-dns-16N-130">
        <Legend word="かけた・送った回数" className="stroke-solid-gray-700" dashes="7 4" />
        <Legend word="連絡がついた人" className="stroke-key-900" />
      </figcaption>
      <Figures points={points} />
    </figure>
  );
}

function Figures({ points }: { points: readonly ReachPoint[] }) {
  const rows =
    points.length > MOST_HOURS
      ? endOfDays(points)
      : points.map((point) => ({ ...point, word: momentShown(point.at) }));
  return (
    <details className="text-std-16N-170">
      <summary className="cursor-pointer text-key-900 underline underline-offset-4 print:hidden">
        数字で見る
      </summary>
      <table className="numerals mt-2 w-full border-collapse text-dns-16N-130">
        <thead>
          <tr className="border-b border-solid-gray-420 text-left text-dns-14B-130">
            <th scope="col" className="py-1">
              {points.length > MOST_HOURS ? 'この日まで' : 'この時間帯まで'}
            </th>
            <th scope="col" className="py-1 text-right">
              かけた・送った回数
            </th>
            <th scope="col" className="py-1 text-right">
              連絡がついた人
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, word, tried, reached }) => (
            <tr key={at} className="border-b border-solid-gray-200">
              <th scope="row" className="py-1 text-left font-normal">
                {word}
              </th>
              <td className="py-1 text-right">{counted(tried, '回')}</td>
              <td className="py-1 text-right">{counted(reached, '人')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Legend({ word, className, dashes }: { word: string; className: string; dashes?: string }) {
  return (
    <span className="flex items-center gap-2">
      <svg aria-hidden="true" viewBox="0 0 32 8" className="h-2 w-8">
        <line x1="0" x2="32" y1="4" y2="4" className={`${className} stroke-3`} strokeDasharray={dashes} />
      </svg>
      {word}
    </span>
  );
}

function chartInWords(points: readonly ReachPoint[]): string {
  const last = points.at(-1);
  return last === undefined
    ? 'まだ発信していません'
    : `${momentShown(last.at)}の時間帯までに、${counted(last.tried, '回')}かけて（送って）、${counted(last.reached, '人')}に連絡がつきました`;
}
