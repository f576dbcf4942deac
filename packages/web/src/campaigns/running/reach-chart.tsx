import { useId } from 'react';
import { momentShown } from '../../words/japanese-time.ts';
import { counted } from '../campaign-words.ts';

/** What had come together by the end of an hour. */
export type ReachPoint = {
  readonly at: string;
  /** Calls and messages so far. */
  readonly tried: number;
  /** People reached so far. */
  readonly reached: number;
};

const WIDTH = 800;
const HEIGHT = 240;
const LEFT = 56;
const BOTTOM = 28;
const TOP = 10;
const MARKS = 4;

/** The smallest round number that holds `most`: 1, 2, 5 × 10ⁿ. */
export function roundAbove(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= most) ?? most;
}

/** How tries and reached people grow with the hours; the same figures stand in a table below it. */
export function ReachChart({ points }: { points: readonly ReachPoint[] }) {
  const titleId = useId();
  const most = roundAbove(Math.max(MARKS, ...points.map(({ tried }) => tried)));
  const x = (index: number) =>
    LEFT + (points.length < 2 ? 0 : (index / (points.length - 1)) * (WIDTH - LEFT - 8));
  const y = (count: number) => TOP + (1 - count / most) * (HEIGHT - TOP - BOTTOM);
  const line = (of: 'tried' | 'reached') =>
    points.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(point[of])}`).join(' ');
  const labelled = points
    .map((point, index) => ({ ...point, index }))
    .filter(({ index }) => index % Math.max(1, Math.ceil(points.length / 6)) === 0);
  return (
    <figure className="flex flex-col gap-2">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={titleId} className="w-full">
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
                {Number.isInteger(count) ? count.toLocaleString('ja-JP') : ''}
              </text>
            </g>
          );
        })}
        {labelled.map(({ at, index }) => (
          <text
            key={at}
            x={x(index)}
            y={HEIGHT - 6}
            textAnchor={index === 0 ? 'start' : index > points.length - 2 ? 'end' : 'middle'}
            className="numerals fill-solid-gray-700 text-[14px]"
          >
            {momentShown(at)}
          </text>
        ))}
        {/* Dashes tell the lines apart without colour. */}
        <path d={line('tried')} className="fill-none stroke-solid-gray-700 stroke-2" strokeDasharray="7 4" />
        <path d={line('reached')} className="fill-none stroke-key-900 stroke-3" />
      </svg>
      <figcaption className="flex flex-wrap gap-x-6 text-dns-16N-130">
        <Legend word="かけた・送った回数" className="stroke-solid-gray-700" dashes="7 4" />
        <Legend word="連絡がついた人" className="stroke-key-900" />
      </figcaption>
      <details className="text-std-16N-170">
        <summary className="cursor-pointer text-key-900 underline underline-offset-4 print:hidden">
          数字で見る
        </summary>
        <table className="numerals mt-2 w-full border-collapse text-dns-16N-130">
          <thead>
            <tr className="border-b border-solid-gray-420 text-left text-dns-14B-130">
              <th scope="col" className="py-1">
                日時
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
            {points.map(({ at, tried, reached }) => (
              <tr key={at} className="border-b border-solid-gray-200">
                <th scope="row" className="py-1 text-left font-normal">
                  {momentShown(at)}
                </th>
                <td className="py-1 text-right">{counted(tried, '回')}</td>
                <td className="py-1 text-right">{counted(reached, '人')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
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
    : `${momentShown(last.at)}までに、${counted(last.tried, '回')}かけて（送って）、${counted(last.reached, '人')}に連絡がつきました`;
}
