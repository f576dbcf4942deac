import { Checkbox } from 'react-aria-components/Checkbox';

export function CheckBox({
  label,
  name = label,
  isSelected,
  isDisabled = false,
  onChange,
}: {
  label: string;
  /** For screen readers, where the label alone does not say what it belongs to; must contain it. */
  name?: string;
  isSelected: boolean;
  isDisabled?: boolean;
  onChange: (isSelected: boolean) => void;
}) {
  return (
    <Checkbox
      aria-label={name}
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={onChange}
      className="group flex min-h-10 cursor-pointer items-center gap-2 rounded-4 px-1 text-std-16N-170 data-disabled:cursor-not-allowed data-disabled:text-solid-gray-700"
    >
      <span
        aria-hidden="true"
        className="grid size-6 place-items-center rounded-4 border-2 border-solid-gray-600 bg-white text-white group-data-selected:border-key-900 group-data-selected:bg-key-900"
      >
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 fill-none stroke-current stroke-2">
          <path d="M3 8.500 6.500 12 13 4.500" />
        </svg>
      </span>
      {label}
    </Checkbox>
  );
}
