import type { Hours } from '@madoguchi/flow';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/text-field.tsx';
import { timeTyped } from './calendar-words.ts';

const USUAL: Hours = { from: '08:45', to: '17:15' };

/** Hours of one day, none: closed. Several pairs, as with a break at noon. */
export function HoursFields({
  of,
  hours,
  onChange,
  problemAt,
  path,
  addWord = '時間を追加',
}: {
  /** What the hours belong to, for screen readers: '月曜日'. */
  of: string;
  hours: readonly Hours[];
  onChange: (hours: Hours[]) => void;
  problemAt: (path: string) => string | undefined;
  path: string;
  addWord?: string;
}) {
  const change = (at: number, part: Partial<Hours>) =>
    onChange(hours.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const own = problemAt(path);
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      {hours.length === 0 ? (
        <span className="closed-day rounded-4 px-3 py-1.5 text-std-16N-170">閉庁</span>
      ) : null}
      {hours.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pairs of times have no other name than their place
        <div key={at} className="flex items-start gap-1.5">
          <TimeBox
            label={`${of}の開始${hours.length > 1 ? at + 1 : ''}`}
            value={each.from}
            onChange={(from) => change(at, { from })}
            errorMessage={problemAt(`${path}.${at}.from`) ?? problemAt(`${path}.${at}`)}
          />
          <span className="pt-1.5">〜</span>
          <TimeBox
            label={`${of}の終了${hours.length > 1 ? at + 1 : ''}`}
            value={each.to}
            onChange={(to) => change(at, { to })}
            errorMessage={problemAt(`${path}.${at}.to`)}
          />
          <Button
            look="quiet"
            size="small"
            aria-label={`${of}の時間${hours.length > 1 ? at + 1 : ''}を消す`}
            onPress={() => onChange(hours.filter((_, index) => index !== at))}
          >
            消す
          </Button>
        </div>
      ))}
      <Button
        look="outline"
        size="small"
        aria-label={`${of}：${addWord}`}
        onPress={() => onChange([...hours, nextAfter(hours)])}
      >
        {addWord}
      </Button>
      {own === undefined ? null : <p className="basis-full text-std-16N-170 text-error-2">＊{own}</p>}
    </div>
  );
}

function nextAfter(hours: readonly Hours[]): Hours {
  const last = hours.at(-1);
  return last === undefined ? USUAL : { from: last.to, to: '' };
}

/** A time of day; '24:00' too, which the browser's own field cannot say. Put right when it is left. */
export function TimeBox({
  label,
  value,
  onChange,
  errorMessage,
  isLabelShown = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  errorMessage?: string | undefined;
  isLabelShown?: boolean;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    if (typed !== null) onChange(timeTyped(typed));
    setTyped(null);
  };
  return (
    <div className={isLabelShown ? 'w-28' : 'w-28 [&_label]:sr-only'}>
      <TextField
        label={label}
        size="small"
        value={typed ?? value}
        onChange={setTyped}
        onBlur={leave}
        // Enter sends a form before the field is left.
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
        maxLength={6}
        errorMessage={errorMessage}
      />
    </div>
  );
}
