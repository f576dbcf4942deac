import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';

export const FIELD_BOX =
  'rounded-8 border border-solid-gray-600 bg-white px-4 text-std-16N-170 text-solid-gray-800 data-hovered:border-black data-invalid:border-error-1 data-invalid:border-2';

export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'children'> & {
  label: string;
  description?: ReactNode;
  errorMessage?: string | undefined;
  /** More than one line where given. */
  rows?: number;
  size?: 'large' | 'small';
};

/** Label above, hint below it, box, error below the box: the order in which デジタル庁デザインシステム puts them. */
export function TextField({
  label,
  description,
  errorMessage,
  rows,
  size = 'large',
  ...props
}: TextFieldProps) {
  const box = `${FIELD_BOX} ${size === 'large' ? 'min-h-12' : 'min-h-10'} w-full`;
  return (
    <AriaTextField {...props} isInvalid={errorMessage !== undefined} className="flex flex-col gap-1">
      <Label className="text-std-16B-170">
        {label}
        {props.isRequired === true ? <span className="ml-2 text-std-16N-170 text-error-2">※必須</span> : null}
      </Label>
      {description === undefined ? null : (
        <Text slot="description" className="text-std-16N-170 text-solid-gray-700">
          {description}
        </Text>
      )}
      {rows === undefined ? <Input className={box} /> : <TextArea rows={rows} className={`${box} py-2`} />}
      <FieldError className="text-std-16N-170 text-error-2">＊{errorMessage}</FieldError>
    </AriaTextField>
  );
}
