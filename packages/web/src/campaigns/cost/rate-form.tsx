import type { Rate, RateListed } from '@madoguchi/server/campaign-cost-contract';
import { RateSchema } from '@madoguchi/server/campaign-cost-contract';
import type { FormEvent } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../design/button.tsx';
import { DateField } from '../../design/date-field.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import type { useSaveRate } from './cost-queries.ts';
import { DESTINATIONS, ROUNDINGS, typedSen } from './cost-words.ts';

const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([id, word]) => ({ id, word }));
const UNITS = [180, 60, 1].map((seconds) => ({ id: String(seconds), word: `${seconds}秒` }));
const YEN_PROBLEM = '円で入力してください（例：8、17.5）。';

export type TypedRate = {
  readonly destination: string;
  readonly validFrom: string | null;
  readonly unitSeconds: string;
  readonly unitYen: string;
  readonly feeYen: string;
  readonly taxPercent: string;
  readonly rounding: string;
};
export const NEW_RATE: TypedRate = {
  destination: 'mobile',
  validFrom: null,
  unitSeconds: '60',
  unitYen: '',
  feeYen: '0',
  taxPercent: '10',
  rounding: 'sen',
};

/**
 * Adds a rate from a day on, or puts one right. It stays the same form for both, so that its button is still there when a screen reader is
 * told that it was saved.
 */
export function RateForm({
  edited,
  typed,
  onType: setTyped,
  save,
  onDone,
}: {
  edited: RateListed | null;
  typed: TypedRate;
  onType: (typed: TypedRate) => void;
  save: ReturnType<typeof useSaveRate>;
  onDone: () => void;
}) {
  const isSms = typed.destination === 'sms';
  const rate = readRate(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rate === null || save.isPending) return;
    save.mutate({ rate, version: edited?.changed.version ?? null }, { onSuccess: onDone });
  };
  const units = UNITS.some(({ id }) => id === typed.unitSeconds)
    ? UNITS
    : [...UNITS, { id: typed.unitSeconds, word: `${typed.unitSeconds}秒` }];
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      aria-label={edited === null ? '新しい料金' : '料金を直す'}
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      <p className="text-std-16N-170">
        {edited === null
          ? '料金が変わるときは、変わる日からの新しい料金を加えてください。それまでの通話は、前の料金で計算します。'
          : `${DESTINATIONS[edited.destination]}の${edited.validFrom.replaceAll('-', '/')}からの料金を直します。`}
      </p>
      <div className="grid grid-cols-4 items-end gap-4">
        <Select
          label="かける先"
          isDisabled={edited !== null}
          choices={choicesOf(DESTINATIONS)}
          value={typed.destination}
          onChange={(destination) => setTyped({ ...typed, destination })}
        />
        {edited === null ? (
          <DateField
            label="この日から"
            value={typed.validFrom ?? undefined}
            onChange={(day) => setTyped({ ...typed, validFrom: day ?? null })}
          />
        ) : null}
        {isSms ? null : (
          <>
            <Select
              label="課金の単位"
              choices={units}
              value={typed.unitSeconds}
              onChange={(unitSeconds) => setTyped({ ...typed, unitSeconds })}
            />
            <TextField
              label="単位ごとの料金（円・税抜き）"
              size="small"
              inputMode="decimal"
              autoComplete="off"
              value={typed.unitYen}
              errorMessage={
                typed.unitYen !== '' && typedSen(typed.unitYen) === null ? YEN_PROBLEM : undefined
              }
              onChange={(unitYen) => setTyped({ ...typed, unitYen })}
            />
          </>
        )}
        <TextField
          label={isSms ? '分割1つの料金（円・税抜き）' : '1通話ごとの料金（円・税抜き）'}
          size="small"
          inputMode="decimal"
          autoComplete="off"
          value={typed.feeYen}
          errorMessage={typedSen(typed.feeYen) === null ? YEN_PROBLEM : undefined}
          onChange={(feeYen) => setTyped({ ...typed, feeYen })}
        />
        <TextField
          label="消費税（％）"
          size="small"
          inputMode="decimal"
          autoComplete="off"
          value={typed.taxPercent}
          onChange={(taxPercent) => setTyped({ ...typed, taxPercent })}
        />
        <Select
          label="端数"
          choices={choicesOf(ROUNDINGS)}
          value={typed.rounding}
          onChange={(rounding) => setTyped({ ...typed, rounding })}
        />
      </div>
      {isSms ? (
        <p className="text-std-16N-170 text-solid-gray-700">
          SMS事業者の料金表がある場合は、その料金に消費税を加えて計算します。ここの料金は、料金表がない場合に使います。
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="outline" isPending={save.isPending} isDisabled={rate === null}>
          {edited === null ? '料金を加える' : '料金を保存する'}
        </Button>
        {edited === null ? null : (
          <Button look="quiet" onPress={onDone}>
            やめる
          </Button>
        )}
      </div>
    </Form>
  );
}

export function typedOf(rate: RateListed): TypedRate {
  return {
    destination: rate.destination,
    validFrom: rate.validFrom,
    unitSeconds: String(rate.unitSeconds),
    unitYen: String(rate.unitSen / 100),
    feeYen: String(rate.feeSen / 100),
    taxPercent: String(rate.taxPercent),
    rounding: rate.rounding,
  };
}

/** Null where something is missing or cannot be read. */
function readRate(typed: TypedRate): Rate | null {
  const isSms = typed.destination === 'sms';
  const read = RateSchema.safeParse({
    destination: typed.destination,
    validFrom: typed.validFrom,
    unitSeconds: isSms ? 1 : Number(typed.unitSeconds),
    unitSen: isSms ? 0 : typedSen(typed.unitYen),
    feeSen: typedSen(typed.feeYen),
    taxPercent: typed.taxPercent.trim() === '' ? null : Number(typed.taxPercent.normalize('NFKC')),
    rounding: typed.rounding,
  });
  return read.success ? read.data : null;
}
