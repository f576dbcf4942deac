/** So many keys stand each on a cap of its own; a longer row (a number keyed in) shares one. */
const CAPS_AT_MOST = 4;
/** A row of keys shows its end. */
const KEYS_AT_MOST = 14;

const CAP =
  'numerals inline-grid h-6 min-w-6 place-items-center rounded-4 border border-b-2 border-solid-gray-420 bg-white px-1 text-oln-14B-100 whitespace-nowrap';

/** Pressed keys as little key caps: '1' '9' '#'. */
export function KeyCaps({ keys }: { keys: string }) {
  if (keys === '') return <span className="text-solid-gray-700">なし</span>;
  const shown = keys.length > KEYS_AT_MOST ? `…${keys.slice(-KEYS_AT_MOST)}` : keys;
  const caps = keys.length > CAPS_AT_MOST ? [shown] : [...keys];
  return (
    <span className="inline-flex gap-1">
      <span className="sr-only">{[...keys].join(' ')}</span>
      {caps.map((cap, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: keys are only ever added at the end
          key={at}
          aria-hidden="true"
          className={`${CAP} ${cap.length > 1 ? 'px-1.5 tracking-wider' : ''}`}
        >
          {cap}
        </span>
      ))}
    </span>
  );
}
