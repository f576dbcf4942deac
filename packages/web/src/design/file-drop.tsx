import type { ReactNode } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** A file is dropped here, or chosen by the button; by keyboard too. */
export function FileDrop({
  label,
  word,
  types,
  isDisabled = false,
  onFile,
  children,
}: {
  /** Names the place to a screen reader. */
  label: string;
  /** On the button. */
  word: string;
  /** Endings and media types of files that are offered. */
  types: readonly string[];
  isDisabled?: boolean;
  onFile: (file: File) => void;
  /** What is to be known before a file is chosen. */
  children: ReactNode;
}) {
  return (
    <DropZone
      aria-label={label}
      isDisabled={isDisabled}
      onDrop={({ items }) => {
        const item = items.find(({ kind }) => kind === 'file');
        if (item?.kind === 'file') void item.getFile().then(onFile);
      }}
      className="flex flex-wrap items-center gap-x-5 gap-y-2 rounded-8 border-2 border-dashed border-solid-gray-420 bg-solid-gray-50 px-5 py-4 data-drop-target:border-key-900 data-drop-target:bg-key-50"
    >
      <FileTrigger
        acceptedFileTypes={types}
        onSelect={(files) => {
          const file = files?.[0];
          if (file !== undefined) onFile(file);
        }}
      >
        <Button look="outline" isDisabled={isDisabled}>
          <Icon name="note" />
          {word}
        </Button>
      </FileTrigger>
      <div className="min-w-60 grow basis-0 text-std-16N-170">{children}</div>
    </DropZone>
  );
}
