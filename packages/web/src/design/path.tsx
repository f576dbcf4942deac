import { Fragment } from 'react';
import { Icon } from './icon.tsx';

/** The nodes that a call has passed, in order. Long ways show their end. */
export function Path({ titles, limit = 4 }: { titles: readonly string[]; limit?: number }) {
  const shown = titles.slice(-limit);
  const hidden = titles.length - shown.length;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1 gap-y-0.5 text-dns-14N-130 text-solid-gray-700">
      {hidden > 0 ? <span>ほか{hidden}か所</span> : null}
      {shown.map((title, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a node may be passed twice, and titles are only ever added at the end
        <Fragment key={hidden + at}>
          {hidden + at > 0 ? <Icon name="chevronRight" className="size-3" /> : null}
          <span>{title}</span>
        </Fragment>
      ))}
    </span>
  );
}
