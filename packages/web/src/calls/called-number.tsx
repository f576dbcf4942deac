import type { CallSummary } from '@madoguchi/server/contract';

/** Staff's name of the called number, the number below it. */
export function CalledNumber({ call }: { call: CallSummary }) {
  return (
    <span className="flex flex-col whitespace-nowrap">
      <span>{call.phoneNumberName ?? '登録のない番号'}</span>
      <span className="numerals text-dns-14N-130 text-solid-gray-700">{call.phoneNumberShown}</span>
    </span>
  );
}
