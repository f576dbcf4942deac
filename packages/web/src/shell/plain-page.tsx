import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';

/** A page of its own, without menu: sign-in, not found, failure. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-solid-gray-300 bg-white px-5 py-2.5">
        <Brand />
      </header>
      <main className="mx-auto w-full max-w-2xl grow px-6 py-10">{children}</main>
    </div>
  );
}
