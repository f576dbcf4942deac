import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { Icon } from './icon.tsx';
import { FIELD_BOX } from './text-field.tsx';

export type Choice = { readonly id: string; readonly word: string };

export function Select({
  label,
  description,
  choices,
  value,
  placeholder,
  isLabelShown = true,
  isDisabled = false,
  onChange,
}: {
  label: string;
  description?: ReactNode;
  choices: readonly Choice[];
  /** null: nothing chosen yet; the placeholder says so. */
  value: string | null;
  placeholder?: string;
  /** False: for screen readers alone, where a table's headings say it. */
  isLabelShown?: boolean;
  isDisabled?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <AriaSelect
      value={value}
      placeholder={placeholder ?? ''}
      isDisabled={isDisabled}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      className="flex flex-col gap-1"
    >
      <Label className={isLabelShown ? 'text-std-16B-170' : 'sr-only'}>{label}</Label>
      {description === undefined ? null : (
        <Text slot="description" className="text-std-16N-170 text-solid-gray-700">
          {description}
        </Text>
      )}
      <Button className={`${FIELD_BOX} flex min-h-10 items-center justify-between gap-2 text-left`}>
        <SelectValue className="truncate" />
        <Icon name="chevronDown" />
      </Button>
      <Popover className="min-w-(--trigger-width) rounded-8 border border-solid-gray-420 bg-white p-1 shadow-1">
        <ListBox className="max-h-100 overflow-auto outline-none">
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.id}
              id={choice.id}
              textValue={choice.word}
              className="flex items-center gap-2 rounded-4 px-3 py-2 text-std-16N-170 data-hovered:bg-solid-gray-50 data-selected:bg-key-100 data-selected:font-bold"
            >
              {choice.word}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
