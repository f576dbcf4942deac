import type { ReactNode } from 'react';
import { Button } from '../../../design/button.tsx';

/** Several settings of one shape, in an order that matters: add, remove, move. */
export function ListSetting<T>({
  label,
  itemWord,
  items,
  max,
  isReadOnly,
  newItem,
  onChange,
  show,
}: {
  label: string;
  /** What one of them is called ('選択肢'). */
  itemWord: string;
  items: readonly T[];
  max: number;
  isReadOnly: boolean;
  newItem: () => T;
  onChange: (items: T[]) => void;
  show: (item: T, change: (item: T) => void, place: number) => ReactNode;
}) {
  const swap = (one: number, other: number) => {
    const moved = [...items];
    const [a, b] = [moved[one], moved[other]];
    if (a === undefined || b === undefined) return;
    moved[one] = b;
    moved[other] = a;
    onChange(moved);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-std-16B-170">{label}</legend>
      {items.map((item, place) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: what is in a place is edited there; fields keep nothing of their own
          key={place}
          className="flex flex-col gap-2 rounded-8 border border-solid-gray-300 p-3"
        >
          {show(item, (changed) => onChange(items.map((each, at) => (at === place ? changed : each))), place)}
          {isReadOnly ? null : (
            <div className="flex gap-1">
              <Button
                look="quiet"
                size="small"
                aria-label={`${itemWord}${place + 1}を上へ`}
                isDisabled={place === 0}
                onPress={() => swap(place, place - 1)}
              >
                上へ
              </Button>
              <Button
                look="quiet"
                size="small"
                aria-label={`${itemWord}${place + 1}を下へ`}
                isDisabled={place === items.length - 1}
                onPress={() => swap(place, place + 1)}
              >
                下へ
              </Button>
              <Button
                look="quiet"
                size="small"
                aria-label={`${itemWord}${place + 1}を削除`}
                onPress={() => onChange(items.filter((_item, at) => at !== place))}
              >
                削除
              </Button>
            </div>
          )}
        </div>
      ))}
      {isReadOnly ? null : (
        <div>
          <Button
            look="outline"
            size="small"
            isDisabled={items.length >= max}
            onPress={() => onChange([...items, newItem()])}
          >
            {itemWord}を追加する
          </Button>
        </div>
      )}
    </fieldset>
  );
}
