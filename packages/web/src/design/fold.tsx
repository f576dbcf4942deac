import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { Icon } from './icon.tsx';

/** A part that most people need not see: opened and closed by its heading. */
export function Fold({
  title,
  explanation,
  isOpen,
  onOpenChange,
  children,
}: {
  title: string;
  explanation: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Disclosure
      isExpanded={isOpen}
      onExpandedChange={onOpenChange}
      className="group rounded-8 border border-solid-gray-300 bg-white"
    >
      <Heading level={2}>
        <Button
          slot="trigger"
          className="flex min-h-12 w-full items-center gap-3 rounded-8 px-5 py-2 text-left data-hovered:bg-solid-gray-50"
        >
          <Icon name="chevronRight" className="size-5 group-data-expanded:rotate-90" />
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
            <span className="text-std-18B-160 text-solid-gray-900">{title}</span>
            <span className="text-std-16N-170 font-normal text-solid-gray-700">{explanation}</span>
          </span>
        </Button>
      </Heading>
      <DisclosurePanel>{isOpen ? <div className="px-5 pt-2 pb-5">{children}</div> : null}</DisclosurePanel>
    </Disclosure>
  );
}
