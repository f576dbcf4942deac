import { SuppressionReasonSchema } from '@madoguchi/server/campaign-suppression-contract';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { AddSuppression } from './add-suppression.tsx';
import { type SuppressionFilter, useSuppressions } from './suppression-queries.ts';
import { REASON_CHOICES } from './suppression-words.ts';
import { SuppressionsTable } from './suppressions-table.tsx';

const ALL: SuppressionFilter = { addresseeNumber: '', reason: null, withEnded: false, page: 0 };

/** 発信止め: whom no campaign calls or writes to. */
export function SuppressionsPage() {
  const [filter, setFilter] = useState(ALL);
  const { data, error, isPending, refetch } = useSuppressions(filter);
  const isFiltered = filter.addresseeNumber !== '' || filter.reason !== null;
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信
        </Link>
      </nav>
      <PageTitle
        title="発信止め"
        lead="ここに登録した方には、どの課の配信からも電話をかけず、SMSも送りません。"
        aside={
          <Link
            to="/campaign-cost"
            className="text-std-16N-170 text-key-900 underline underline-offset-4 print:hidden"
          >
            配信の費用と予算へ
          </Link>
        }
      />
      <Section title="登録する">
        <AddSuppression />
      </Section>
      <Section
        title="一覧"
        aside={
          data === undefined ? null : <span className="numerals">{data.total.toLocaleString('ja')}件</span>
        }
      >
        <div className="flex flex-col gap-4">
          <Filter filter={filter} onChange={setFilter} />
          {error === null ? null : (
            <Notice
              kind="error"
              title="発信止めを読み込めませんでした"
              action={
                <Button look="outline" size="small" onPress={() => void refetch()}>
                  もう一度読み込む
                </Button>
              }
            >
              {messageOf(error)}
            </Notice>
          )}
          {isPending ? <Loading rows={6} /> : null}
          {data?.total === 0 ? (
            <Empty icon="hangUp" title={isFiltered ? '当てはまる登録はありません' : '登録はまだありません'}>
              {isFiltered ? '条件を変えて探してください。' : '上の「登録する」から、止める方を登録できます。'}
            </Empty>
          ) : null}
          {data === undefined || data.suppressions.length === 0 ? null : (
            <SuppressionsTable suppressions={data.suppressions} />
          )}
          {data === undefined ? null : (
            <Pages
              page={filter.page}
              pages={Math.ceil(data.total / data.pageSize)}
              onChange={(page) => setFilter({ ...filter, page })}
            />
          )}
        </div>
      </Section>
    </>
  );
}

function Filter({
  filter,
  onChange,
}: {
  filter: SuppressionFilter;
  onChange: (filter: SuppressionFilter) => void;
}) {
  const [addresseeNumber, setAddresseeNumber] = useState(filter.addresseeNumber);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ ...filter, addresseeNumber: addresseeNumber.trim(), page: 0 });
  };
  return (
    <Form onSubmit={submit} role="search" className="flex flex-wrap items-end gap-4">
      <TextField
        label="宛名番号で探す"
        size="small"
        autoComplete="off"
        value={addresseeNumber}
        onChange={setAddresseeNumber}
      />
      <Button type="submit" look="outline" size="small">
        <Icon name="search" />
        探す
      </Button>
      <div className="w-56">
        <Select
          label="理由で絞る"
          choices={[{ id: 'all', word: 'すべての理由' }, ...REASON_CHOICES]}
          value={filter.reason ?? 'all'}
          onChange={(id) => {
            const reason = SuppressionReasonSchema.safeParse(id);
            onChange({ ...filter, reason: reason.success ? reason.data : null, page: 0 });
          }}
        />
      </div>
      <CheckBox
        label="終わったもの・解除したものも表示する"
        isSelected={filter.withEnded}
        onChange={(withEnded) => onChange({ ...filter, withEnded, page: 0 })}
      />
    </Form>
  );
}

function Pages({ page, pages, onChange }: { page: number; pages: number; onChange: (page: number) => void }) {
  if (pages <= 1) return null;
  return (
    <nav aria-label="一覧のページ" className="flex items-center gap-4">
      <Button look="outline" size="small" isDisabled={page === 0} onPress={() => onChange(page - 1)}>
        前へ
      </Button>
      <span className="numerals">
        {page + 1} / {pages}ページ
      </span>
      <Button look="outline" size="small" isDisabled={page + 1 >= pages} onPress={() => onChange(page + 1)}>
        次へ
      </Button>
    </nav>
  );
}
