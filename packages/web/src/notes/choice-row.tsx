import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { CheckBox } from '../design/check-box.tsx';
import { Icon } from '../design/icon.tsx';
import { FIELD_BOX } from '../design/text-field.tsx';

export type ChoiceDraft = {
  /** Stays the same while the row is moved and renamed. */
  readonly key: string;
  readonly choiceId: string | null;
  readonly label: string;
  readonly hidden: boolean;
};

const MOVE =
  'grid size-9 place-items-center rounded-8 text-key-900 data-hovered:bg-key-50 disabled:text-solid-gray-420 disabled:cursor-not-allowed';

export function ChoiceRow({
  choice,
  nth,
  isFirst,
  isLast,
  onChange,
  onMove,
}: {
  choice: ChoiceDraft;
  nth: number;
  isFirst: boolean;
  isLast: boolean;
  onChange: (choice: ChoiceDraft) => void;
  onMove: (by: -1 | 1) => void;
}) {
  const name = choice.label === '' ? `${nth}番目の項目` : choice.label;
  return (
    <li className="flex items-center gap-2">
      <Input
        aria-label={`${nth}番目の項目の名前`}
        value={choice.label}
        maxLength={40}
        onChange={(event) => onChange({ ...choice, label: event.currentTarget.value })}
        className={`${FIELD_BOX} min-h-10 min-w-0 grow`}
      />
      <Button className={MOVE} isDisabled={isFirst} aria-label={`${name}を上へ`} onPress={() => onMove(-1)}>
        <Icon name="chevronUp" />
      </Button>
      <Button className={MOVE} isDisabled={isLast} aria-label={`${name}を下へ`} onPress={() => onMove(1)}>
        <Icon name="chevronDown" />
      </Button>
      <CheckBox
        label="使う"
        name={`${name}を使う`}
        isSelected={!choice.hidden}
        onChange={(isUsed) => onChange({ ...choice, hidden: !isUsed })}
      />
    </li>
  );
}
