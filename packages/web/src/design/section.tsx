import { type ReactNode, useId } from 'react';

/** A named part of a screen. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className="mt-6 min-w-0 [.grid>&]:mt-0 first:mt-0">
      <header className="mb-2 flex flex-wrap items-baseline justify-between gap-3">
        <h2 id={headingId} className="text-std-20B-150 text-solid-gray-900">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
