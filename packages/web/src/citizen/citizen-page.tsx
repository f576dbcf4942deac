import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { digitsOf } from '../calls/calls-search.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { TextField } from '../design/text-field.tsx';
import { numberShown } from '../words/number-shown.ts';
import { ComplaintPart } from './complaint-part.tsx';
import { EntryLine } from './entry-line.tsx';
import { useCitizen } from './use-citizen.ts';

/** All that is known of one number. */
export function CitizenPage() {
  const { number = '' } = useSearch({ from: '/signedIn/citizen' });
  return (
    <>
      <PageTitle
        title="市民照会"
        lead="電話番号を入力すると、その番号の通話・SMS・録音・受付をまとめて表示します。照会したことは記録に残ります。"
      />
      <NumberForm key={number} number={number} />
      {number === '' ? null : <Found key={`found ${number}`} number={number} />}
    </>
  );
}

function NumberForm({ number }: { number: string }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(numberShown(number));
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const digits = digitsOf(typed);
    setMissing(digits === '');
    if (digits !== '') void navigate({ to: '/citizen', search: { number: digits } });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not yet known to every Edge in town halls
    <form
      role="search"
      aria-label="市民照会"
      onSubmit={submit}
      className="mb-5 flex flex-wrap items-end gap-3 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
    >
      <div className="w-72">
        <TextField
          label="電話番号"
          description="例：090-0000-0001"
          inputMode="tel"
          size="small"
          value={typed}
          onChange={setTyped}
          errorMessage={isMissing ? '電話番号を入力してください。' : undefined}
        />
      </div>
      <Button type="submit" size="small">
        <Icon name="search" className="size-4" />
        照会する
      </Button>
    </form>
  );
}

function Found({ number }: { number: string }) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useCitizen(number);
  const [first] = data?.pages ?? [];
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      {error === null ? null : (
        <Notice
          kind="error"
          title="照会できませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度照会する
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={8} /> : null}
      {first === undefined ? null : (
        <>
          <ComplaintPart citizen={first} />
          <Section
            title="これまでのやりとり"
            aside={
              <p role="status" className="numerals text-std-16N-170">
                {entries.length === 0
                  ? ''
                  : `新しい順に${entries.length}件${hasNextPage ? '（続きがあります）' : '（すべて）'}`}
              </p>
            }
          >
            {entries.length === 0 ? (
              <Empty icon="search" title="この番号の記録はありません">
                番号に間違いがないか、市外局番から入力したかをご確認ください。
              </Empty>
            ) : (
              <ol className="rounded-8 border border-solid-gray-300 bg-white px-5 py-2">
                {entries.map((entry) => (
                  <EntryLine key={`${entry.type} ${entry.id}`} entry={entry} />
                ))}
              </ol>
            )}
            {hasNextPage ? (
              <div className="mt-4 flex justify-center">
                <Button
                  look="outline"
                  onPress={() => {
                    if (!isFetchingNextPage) void fetchNextPage();
                  }}
                >
                  {isFetchingNextPage ? '読み込んでいます…' : '次の30件を表示する'}
                </Button>
              </div>
            ) : null}
          </Section>
        </>
      )}
    </>
  );
}
