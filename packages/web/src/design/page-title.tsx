import { type ReactNode, useEffect } from 'react';
import { PRODUCT_NAME } from '../product.ts';

/** The screen's one heading; also names the browser's tab. `aside` stands at its right. */
export function PageTitle({ title, lead, aside }: { title: string; lead?: ReactNode; aside?: ReactNode }) {
  useEffect(() => {
    document.title = `${title}｜${PRODUCT_NAME}`;
  }, [title]);
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      {/* A long lead breaks rather than push what stands beside it into a row of its own. */}
      <div className="grow basis-80">
        <h1 tabIndex={-1} className="text-std-28B-150 text-solid-gray-900">
          {title}
        </h1>
        {lead === undefined ? null : <p className="text-std-16N-170 text-solid-gray-700">{lead}</p>}
      </div>
      {aside}
    </div>
  );
}
