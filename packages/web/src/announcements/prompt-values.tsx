import type { Value } from '@madoguchi/flow';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';

/** A value that a text may say. */
export type PromptValue = {
  /** As it stands between the braces. */
  readonly name: string;
  /** What it is, to staff. */
  readonly word: string;
  /** To be said for it while listening; where it is not given one is made up by its name. */
  readonly example?: Value;
};

/** Chooses a value to be put into a text. */
export function ValueMenu({
  values,
  onChoose,
}: {
  values: readonly PromptValue[];
  onChoose: (name: string) => void;
}) {
  return (
    <MenuTrigger>
      <Button look="outline" size="small" isDisabled={values.length === 0}>
        値を入れる
        <Icon name="chevronDown" className="size-4" />
      </Button>
      <Popover className="rounded-8 border border-solid-gray-420 bg-white p-1 shadow-1">
        <Menu
          aria-label="入れる値"
          className="max-h-80 overflow-auto outline-none"
          onAction={(key) => onChoose(String(key))}
        >
          {values.map(({ name, word }) => (
            <MenuItem
              key={name}
              id={name}
              textValue={word}
              className="flex cursor-pointer items-baseline gap-3 rounded-4 px-3 py-2 text-std-16N-170 data-focused:bg-key-50"
            >
              <span>{word}</span>
              <span className="text-dns-14N-130 text-solid-gray-700">{`{{${name}}}`}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
