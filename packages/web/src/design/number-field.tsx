import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { Text } from 'react-aria-components/Text';
import { FIELD_BOX } from './text-field.tsx';

const STEP_BUTTON =
  'grid min-h-9 w-9 place-items-center text-std-18B-160 text-key-900 data-hovered:bg-key-50 data-disabled:text-solid-gray-420';

/** A number, typed or stepped by its two buttons or the arrow keys; kept between `min` and `max` when it is left. */
export function NumberField({
  label,
  name = label,
  isLabelShown = true,
  description,
  unit,
  value,
  min,
  max,
  step = 1,
  isDisabled = false,
  onChange,
  errorMessage,
}: {
  label: string;
  /** For screen readers, where the label alone does not say what it belongs to; must contain it. */
  name?: string;
  isLabelShown?: boolean;
  description?: ReactNode;
  /** Behind the box: '回'. */
  unit: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  isDisabled?: boolean;
  onChange: (value: number) => void;
  errorMessage?: string | undefined;
}) {
  return (
    <AriaNumberField
      {...(name === label ? {} : { 'aria-label': name })}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      isInvalid={errorMessage !== undefined}
      onChange={(next) => {
        // Emptied: stays as it was.
        if (!Number.isNaN(next)) onChange(next);
      }}
      className="flex flex-col gap-1"
    >
      <Label className={isLabelShown ? 'text-std-16B-170' : 'sr-only'}>{label}</Label>
      {description === undefined ? null : (
        <Text slot="description" className="text-std-16N-170 text-solid-gray-700">
          {description}
        </Text>
      )}
      <span className="flex items-center gap-2">
        <Group className={`${FIELD_BOX} inline-flex min-h-10 items-center overflow-hidden px-0`}>
          <Button slot="decrement" className={STEP_BUTTON}>
            −
          </Button>
          <Input className="numerals w-16 bg-transparent text-center outline-offset-[-4px]" />
          <Button slot="increment" className={STEP_BUTTON}>
            ＋
          </Button>
        </Group>
        <span className="text-std-16N-170 whitespace-nowrap">{unit}</span>
      </span>
      <FieldError className="text-std-16N-170 text-error-2">＊{errorMessage}</FieldError>
    </AriaNumberField>
  );
}
