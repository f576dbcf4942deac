import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { Choice } from './select.tsx';

/** One of a few, all in sight; arrow keys move between them. */
export function ChoiceBar({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <RadioGroup orientation="horizontal" value={value} onChange={onChange} className="flex flex-col gap-1">
      <Label className="text-std-16B-170">{label}</Label>
      <div className="flex flex-wrap">
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            className="numerals -ml-px flex min-h-10 cursor-pointer items-center border border-solid-gray-600 bg-white px-4 text-std-16N-170 first:ml-0 first:rounded-l-8 last:rounded-r-8 data-hovered:bg-key-50 data-selected:border-key-900 data-selected:bg-key-900 data-selected:font-bold data-selected:text-white data-focus-visible:relative"
          >
            {choice.word}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
