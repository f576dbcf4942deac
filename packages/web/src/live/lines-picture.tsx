import type { CallSummary } from '@madoguchi/server/contract';
import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../api/api-error.ts';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { numbersQuery } from '../number-queries.ts';
import { LINES_PER_NUMBER } from '../product.ts';

const PER_ROW = 25;
const STEP = 10;

/** Every telephone number with its lines as lamps, lit where a call is on. */
export function LinesPicture({ calls }: { calls: readonly CallSummary[] }) {
  const { data, error, isPending } = useQuery(numbersQuery);
  const numbers = new Map<string, { shown: string; name: string; inUse: number }>();
  for (const number of data?.numbers ?? []) {
    numbers.set(number.phoneNumber, { shown: number.shown, name: number.name, inUse: 0 });
  }
  for (const call of calls) {
    const known = numbers.get(call.phoneNumber);
    const name = call.phoneNumberName ?? '登録のない番号';
    numbers.set(
      call.phoneNumber,
      known === undefined
        ? { shown: call.phoneNumberShown, name, inUse: 1 }
        : { ...known, inUse: known.inUse + 1 },
    );
  }
  if (numbers.size === 0) {
    if (isPending) return <Loading rows={1} />;
    return error === null ? (
      <Empty icon="phone" title="電話番号はまだ登録されていません" />
    ) : (
      <Notice kind="error" title="電話番号の一覧を読み込めませんでした">
        {messageOf(error)}
      </Notice>
    );
  }
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(18rem,1fr))] gap-4">
      {[...numbers].map(([phoneNumber, number]) => (
        <li key={phoneNumber} className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3">
          <div className="flex items-start justify-between gap-3">
            <div>
              <p className="text-dns-16B-130 text-solid-gray-900">{number.name}</p>
              <p className="numerals text-dns-14N-130 text-solid-gray-700">{number.shown}</p>
            </div>
            <p className="flex items-baseline gap-1 whitespace-nowrap">
              <span className="sr-only">使用中の回線 </span>
              <span className="numerals text-std-28B-150 leading-100 text-key-900">{number.inUse}</span>
              <span className="numerals text-dns-14N-130">/ {LINES_PER_NUMBER} 回線</span>
            </p>
          </div>
          <Lamps inUse={number.inUse} />
        </li>
      ))}
    </ul>
  );
}

/** The number is in words beside it. Full lamps differ from empty ones by being filled, not by colour alone. */
function Lamps({ inUse }: { inUse: number }) {
  const rows = Math.ceil(LINES_PER_NUMBER / PER_ROW);
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${PER_ROW * STEP} ${rows * STEP + 2}`} className="mt-2 w-full">
      {Array.from({ length: LINES_PER_NUMBER }, (_, line) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: lamps never change places
          key={line}
          x={(line % PER_ROW) * STEP + 1}
          y={Math.floor(line / PER_ROW) * STEP + 2}
          width={STEP - 2}
          height={STEP - 3}
          rx={1.5}
          strokeWidth={0.8}
          className={line < inUse ? 'fill-key-900 stroke-key-900' : 'fill-white stroke-solid-gray-420'}
        />
      ))}
    </svg>
  );
}
