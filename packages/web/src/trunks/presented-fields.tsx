import { ChoiceEntry, TextEntry, useTrunkForm } from './form-context.tsx';
import { PRESENTED } from './trunk-words.ts';

/** What the telephone of a transfer's target shows. */
export function PresentedFields() {
  const { values } = useTrunkForm();
  return (
    <div className="flex flex-col gap-4">
      <ChoiceEntry
        name="presented"
        path="presented"
        label="転送したとき、転送先の電話機に表示する番号"
        columns={3}
        choices={PRESENTED}
      />
      {values.presented === 'fixed' ? (
        <TextEntry
          name="fixedNumber"
          path="presentedNumber"
          label="表示する番号"
          description="市外局番から入力してください。例：0725-00-1001"
          inputMode="tel"
          isRequired
        />
      ) : null}
    </div>
  );
}
