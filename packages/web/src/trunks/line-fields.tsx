import { ChoiceEntry, TextEntry, useTrunkForm } from './form-context.tsx';
import { WHEN_FULL } from './trunk-words.ts';

/** How many calls at once, and what one call too many gets. */
export function LineFields() {
  const { values } = useTrunkForm();
  return (
    <div className="flex flex-col gap-4">
      <p className="text-std-16N-170 text-solid-gray-700">
        転送した通話は、市民と転送先とで2通話と数えます。用途ごとの上限は、合わせて契約の数を超えてもかまいません。
      </p>
      <div className="grid grid-cols-4 items-end gap-4">
        <TextEntry name="total" path="lines.total" label="契約の同時通話数" inputMode="numeric" isRequired />
        <TextEntry
          name="received"
          path="lines.received"
          label="うち受ける電話"
          inputMode="numeric"
          isRequired
        />
        <TextEntry
          name="transferred"
          path="lines.transferred"
          label="うち転送"
          inputMode="numeric"
          isRequired
        />
        <TextEntry
          name="placed"
          path="lines.placed"
          label="うち市からかける電話"
          inputMode="numeric"
          isRequired
        />
      </div>
      <ChoiceEntry
        name="whenFull"
        path="lines.whenFull"
        label="空きがないときに、かけてきた人が聞くもの"
        columns={2}
        choices={WHEN_FULL}
      />
      {values.whenFull === 'announcement' ? (
        <TextEntry
          name="overflowLines"
          path="lines.whenFull.lines"
          label="アナウンスのために使う通話数"
          description="上の上限とは別に使います。電話会社との契約に、その分の余裕が要ります。"
          inputMode="numeric"
          isRequired
        />
      ) : null}
    </div>
  );
}
