import type { RateListed } from '@madoguchi/server/campaign-cost-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { type PlainColumn, PlainTable } from '../plain-table.tsx';
import { useSaveRate } from './cost-queries.ts';
import { DESTINATIONS, ROUNDINGS, unitWords } from './cost-words.ts';
import { NEW_RATE, RateForm, typedOf } from './rate-form.tsx';

/** What calls and texts cost, from which day on; a new row is how a price changes. */
export function RatesPart({ rates, mayChange }: { rates: readonly RateListed[]; mayChange: boolean }) {
  const [edited, setEdited] = useState<RateListed | null>(null);
  const [typed, setTyped] = useState(NEW_RATE);
  const edit = (rate: RateListed | null) => {
    setEdited(rate);
    setTyped(rate === null ? NEW_RATE : typedOf(rate));
  };
  const save = useSaveRate();
  const columns: readonly PlainColumn<RateListed>[] = [
    {
      id: 'destination',
      title: 'かける先',
      isRowHeader: true,
      cell: ({ destination }) => <span className="font-bold">{DESTINATIONS[destination]}</span>,
    },
    {
      id: 'state',
      title: '状態',
      cell: (rate) =>
        rate.isInForce ? (
          <StateLabel word="使用中" icon="check" tone="good" />
        ) : (
          <StateLabel word={isPlanned(rate, rates) ? 'これから' : '以前の料金'} icon="clock" tone="plain" />
        ),
    },
    {
      id: 'from',
      title: 'いつから',
      cell: ({ validFrom }) => <span className="numerals">{validFrom.replaceAll('-', '/')}</span>,
    },
    {
      id: 'unit',
      title: '料金（税抜き）',
      cell: (rate) => <span className="numerals">{unitWords(rate)}</span>,
    },
    {
      id: 'tax',
      title: '税・端数',
      cell: ({ taxPercent, rounding }) => (
        <span className="numerals">
          {taxPercent}％、{ROUNDINGS[rounding]}
        </span>
      ),
    },
    { id: 'by', title: '入力', cell: ({ changed }) => changed.changedBy ?? '初めの値' },
    ...(mayChange
      ? [
          {
            id: 'change',
            title: '変更',
            cell: (rate: RateListed) => (
              <Button
                look="outline"
                size="tight"
                aria-label={`${DESTINATIONS[rate.destination]}の${rate.validFrom}からの料金を直す`}
                onPress={() => edit(rate)}
              >
                直す
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="flex flex-col gap-4">
      <PlainTable
        label="料金の一覧"
        columns={columns}
        rows={rates}
        idOf={({ destination, validFrom }) => `${destination} ${validFrom}`}
      />
      {mayChange ? (
        <RateForm edited={edited} typed={typed} onType={setTyped} save={save} onDone={() => edit(null)} />
      ) : null}
      {save.error === null ? null : (
        <Notice kind="error" title="料金を保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      {save.isSuccess ? <Notice kind="success" title="料金を保存しました" /> : null}
    </div>
  );
}

function isPlanned({ destination, validFrom }: RateListed, rates: readonly RateListed[]): boolean {
  const inForce = rates.find((rate) => rate.destination === destination && rate.isInForce);
  return inForce === undefined || validFrom > inForce.validFrom;
}
