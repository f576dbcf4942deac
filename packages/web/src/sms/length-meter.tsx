import { SMS_LONGEST_UNITS } from './sms-parts.ts';
import { type SmsCharge, yenShown } from './sms-price.ts';

const MOST_PARTS = 10;

/** Characters, parts and price while one types, in words and as a row of envelopes. */
export function LengthMeter({ text, charge }: { text: string; charge: SmsCharge }) {
  const { parts, yen } = charge;
  const left = SMS_LONGEST_UNITS - text.length;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-dns-16N-130">
      <p className={`numerals ${left < 0 ? 'font-bold text-error-2' : ''}`}>
        {text.length}文字 ／ {SMS_LONGEST_UNITS}文字まで
        {left < 0 ? `（${-left}文字多すぎます）` : `（あと${left}文字）`}
      </p>
      <p className="numerals flex flex-wrap items-center gap-x-2 whitespace-nowrap">
        <svg aria-hidden="true" viewBox={`0 0 ${MOST_PARTS * 14} 12`} className="h-4">
          {Array.from({ length: MOST_PARTS }, (_, part) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the shapes never change places
              key={part}
              x={part * 14 + 1}
              y={1}
              width={11}
              height={10}
              rx={1.5}
              className={part < parts ? 'fill-key-900 stroke-key-900' : 'fill-white stroke-solid-gray-420'}
            />
          ))}
        </svg>
        {parts}通分
        {yen === null ? null : <span className="font-bold">料金の目安　{yenShown(yen)}</span>}
      </p>
    </div>
  );
}
