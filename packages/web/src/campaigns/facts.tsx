import { Fragment, type ReactNode } from 'react';

export type Fact = { readonly name: string; readonly value: ReactNode };

/** Names and what stands for each, in two columns. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[10rem_1fr] gap-x-4 gap-y-1 rounded-8 border border-solid-gray-300 bg-white p-4 text-std-16N-170">
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <dt className="font-bold">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
