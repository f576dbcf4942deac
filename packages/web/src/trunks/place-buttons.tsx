import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';

/** Moves one of a list up or down by one place. */
export function PlaceButtons({
  name,
  id,
  ids,
  isPending,
  onOrder,
}: {
  name: string;
  id: string;
  ids: readonly string[];
  isPending: boolean;
  onOrder: (ids: readonly string[]) => void;
}) {
  if (ids.length < 2) return null;
  const at = ids.indexOf(id);
  const moveTo = (place: number) => {
    if (!isPending) onOrder(ids.filter((each) => each !== id).toSpliced(place, 0, id));
  };
  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label={`${name}を一つ上へ`}
        isDisabled={at === 0}
        onPress={() => moveTo(at - 1)}
      >
        <Icon name="chevronUp" className="size-4" />
        上へ
      </Button>
      <Button
        look="quiet"
        size="small"
        aria-label={`${name}を一つ下へ`}
        isDisabled={at === ids.length - 1}
        onPress={() => moveTo(at + 1)}
      >
        <Icon name="chevronDown" className="size-4" />
        下へ
      </Button>
    </>
  );
}
