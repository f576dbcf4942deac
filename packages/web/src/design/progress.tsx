import { ProgressBar } from 'react-aria-components/ProgressBar';

export type Share = {
  readonly id: string;
  readonly word: string;
  readonly count: number;
  readonly look: 'done' | 'underWay' | 'rest' | 'off';
};

/** Told apart by shade as well as by the words below; also on paper. */
const LOOKS: Readonly<Record<Share['look'], string>> = {
  done: 'fill-key-900',
  underWay: 'fill-key-400',
  rest: 'fill-solid-gray-200',
  off: 'fill-solid-gray-600',
};
const HEIGHT = 2;

/** One bar cut into shares, with every share in words below it. */
export function Shares({ label, shares, unit }: { label: string; shares: readonly Share[]; unit: string }) {
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  let from = 0;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <svg
        aria-hidden="true"
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-2.5 w-full rounded-full bg-solid-gray-200 print:border"
      >
        {shares.map(({ id, count, look }) => {
          const width = total === 0 ? 0 : (count / total) * 100;
          const x = from;
          from += width;
          return <rect key={id} x={x} width={width} height={HEIGHT} className={LOOKS[look]} />;
        })}
      </svg>
      <ul aria-label={label} className="numerals flex flex-wrap gap-x-3 text-dns-14N-130">
        {shares.map(({ id, word, count, look }) => (
          <li key={id} className="flex items-center gap-1 whitespace-nowrap">
            <svg aria-hidden="true" viewBox="0 0 8 8" className="size-2.5">
              <rect width="8" height="8" rx="1.5" className={`${LOOKS[look]} stroke-solid-gray-600`} />
            </svg>
            {word} {count.toLocaleString('ja-JP')}
            {unit}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How far something has come that the server or the browser does just now. */
export function Progress({
  label,
  value,
  total,
  words,
}: {
  label: string;
  value: number;
  /** Null: nobody knows yet. */
  total: number | null;
  /** Beside the bar, and to screen readers. */
  words: string;
}) {
  return (
    <ProgressBar
      aria-label={label}
      isIndeterminate={total === null}
      value={value}
      maxValue={total ?? 1}
      valueLabel={words}
      className="flex flex-col gap-1"
    >
      {({ percentage = 0 }) => (
        <>
          <svg
            aria-hidden="true"
            viewBox={`0 0 100 ${HEIGHT}`}
            preserveAspectRatio="none"
            className="h-2.5 w-full rounded-full bg-solid-gray-200"
          >
            <rect width={percentage} height={HEIGHT} className="fill-key-900" />
          </svg>
          <span className="numerals text-std-16N-170">{words}</span>
        </>
      )}
    </ProgressBar>
  );
}
