import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { DateField } from '../../design/date-field.tsx';
import type { ReplayWish } from './use-replay.ts';

export type ReplayNumber = { readonly phoneNumber: string; readonly shown: string; readonly name: string };

/** Which calls are to be replayed. */
export function ReplayForm({
  numbers,
  first,
  isPending,
  onAsk,
}: {
  numbers: readonly ReplayNumber[];
  /** What it begins with. */
  first: ReplayWish;
  isPending: boolean;
  onAsk: (wish: ReplayWish) => void;
}) {
  const [wish, setWish] = useState(first);
  const [isTold, setIsTold] = useState(false);
  const problem =
    wish.phoneNumbers.length === 0
      ? '電話番号を一つ以上選んでください。'
      : wish.from > wish.to
        ? '終わりの日を、始まりの日以後にしてください。'
        : null;
  return (
    <form
      noValidate
      className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTold(problem !== null);
        if (problem === null) onAsk(wish);
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <DateField
          label="この日から"
          value={wish.from}
          onChange={(from) => from && setWish({ ...wish, from })}
        />
        <DateField label="この日まで" value={wish.to} onChange={(to) => to && setWish({ ...wish, to })} />
      </div>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="text-std-16B-170">電話番号</legend>
        {numbers.map(({ phoneNumber, shown, name }) => (
          <CheckBox
            key={phoneNumber}
            label={`${shown} ${name}`}
            isSelected={wish.phoneNumbers.includes(phoneNumber)}
            onChange={(isOn) => {
              const others = wish.phoneNumbers.filter((each) => each !== phoneNumber);
              setWish({ ...wish, phoneNumbers: isOn ? [...others, phoneNumber] : others });
            }}
          />
        ))}
      </fieldset>
      {isTold && problem !== null ? (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊{problem}
        </p>
      ) : null}
      <div>
        <Button type="submit" isPending={isPending}>
          過去の通話で試算する
        </Button>
      </div>
    </form>
  );
}
