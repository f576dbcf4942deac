import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** Stands where a list has nothing to show. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-8 border border-solid-gray-200 bg-white px-6 py-8 text-center">
      <span className="text-solid-gray-600">
        <Icon name={icon} className="size-8" />
      </span>
      <p className="text-std-16B-170">{title}</p>
      {children === undefined ? null : <p className="text-std-16N-170 text-solid-gray-700">{children}</p>}
    </div>
  );
}
