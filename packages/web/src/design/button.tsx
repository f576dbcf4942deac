import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

const LOOKS = {
  solid: 'border-key-900 bg-key-900 text-white data-hovered:bg-key-1000 data-pressed:bg-key-1200',
  outline: 'border-key-900 bg-white text-key-900 data-hovered:bg-key-50 data-pressed:bg-key-100',
  quiet: 'border-transparent bg-transparent text-key-900 data-hovered:bg-key-50 data-pressed:bg-key-100',
} as const;

const SIZES = {
  large: 'min-h-12 px-5 text-oln-16B-100',
  /** As high as a small field, so that they stand in one line. */
  small: 'min-h-10 px-3 text-oln-14B-100',
  /** Many in one row. */
  tight: 'min-h-9 px-2 text-oln-14B-100',
} as const;

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children'> & {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  /** As `isPending`, for a button that is gone once it is done: React Aria's announcement would name what is no longer there. */
  isBusy?: boolean;
  children: ReactNode;
  /** For the focus, where what had it goes away. */
  ref?: Ref<HTMLButtonElement>;
};

/** The button of デジタル庁デザインシステム. While `isPending` it keeps the focus and says so. */
export function Button({
  look = 'solid',
  size = 'large',
  isBusy = false,
  onPress,
  children,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(onPress === undefined || isBusy ? {} : { onPress })}
      {...(isBusy ? { 'aria-busy': true } : {})}
      className={`inline-flex items-center justify-center gap-2 rounded-8 border font-bold whitespace-nowrap underline-offset-4 data-hovered:underline disabled:border-solid-gray-300 disabled:bg-solid-gray-100 disabled:text-solid-gray-700 disabled:no-underline disabled:cursor-not-allowed print:hidden ${LOOKS[look]} ${SIZES[size]}`}
    >
      {children}
    </AriaButton>
  );
}
