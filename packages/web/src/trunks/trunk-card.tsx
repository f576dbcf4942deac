import type { LinesInUse, TrunkShown } from '@madoguchi/server/trunk-contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { LastTest } from './last-test.tsx';
import { LinesInUseOf } from './lines-in-use.tsx';
import { PasswordsLost } from './passwords-lost.tsx';
import { TestResult } from './test-result.tsx';
import { TestRunning } from './test-running.tsx';
import { TestTrouble } from './test-trouble.tsx';
import { kindWord, TRANSPORT_WORDS } from './trunk-words.ts';
import { useTestTrunk } from './use-trunks.ts';

const NUMBERS_SHOWN = 3;

/** One trunk in the list. @param inUse null: not known just now. @param place what moves it in the order */
export function TrunkCard({
  trunk,
  inUse,
  place,
}: {
  trunk: TrunkShown;
  inUse: LinesInUse | null;
  place: ReactNode;
}) {
  const { trunkId, draft, numbersShown, lastTest } = trunk;
  const test = useTestTrunk();
  return (
    <article aria-label={draft.name} className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-std-20B-150">
            <Link
              to="/trunks/$trunkId"
              params={{ trunkId }}
              className="rounded-4 text-key-900 underline underline-offset-4 break-words"
            >
              {draft.name}
            </Link>
          </h2>
          <p className="text-dns-16N-130 text-solid-gray-700">{kindWord(draft.profile)}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {place}
          <Button
            look="outline"
            size="small"
            aria-label={`${draft.name}の接続を試す`}
            isPending={test.isPending}
            onPress={() => {
              if (!test.isPending) test.mutate({ draft, trunkId });
            }}
          >
            <Icon name="plug" className="size-4" />
            {test.isPending ? '試しています…' : '接続を試す'}
          </Button>
        </div>
      </div>
      <PasswordsLost trunk={trunk} />
      <dl className="my-3 grid grid-cols-[5fr_4fr_5fr] gap-4 text-dns-16N-130">
        <Fact title="相手">
          <span className="wrap-anywhere">
            {draft.host}
            <span className="whitespace-nowrap">：{draft.port}</span>
          </span>{' '}
          <span className="whitespace-nowrap">{TRANSPORT_WORDS[draft.transport]}</span>
        </Fact>
        <Fact title="登録する番号">
          {numbersShown.length === 0
            ? '登録はありません（アドレスで認証）'
            : numbersShown.slice(0, NUMBERS_SHOWN).join('、')}
          {numbersShown.length > NUMBERS_SHOWN ? ` ほか${numbersShown.length - NUMBERS_SHOWN}件` : ''}
        </Fact>
        <Fact title="使用中の回線">
          <LinesInUseOf lines={draft.lines} inUse={inUse} />
        </Fact>
      </dl>
      {test.isPending ? <TestRunning /> : null}
      <TestTrouble error={test.error} />
      {test.data === undefined ? null : (
        <div role="status">
          <TestResult result={test.data} title="接続を試した結果" />
        </div>
      )}
      {test.isIdle ? <LastTest lastTest={lastTest} /> : null}
    </article>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-dns-14B-130 text-solid-gray-700">{title}</dt>
      <dd className="numerals">{children}</dd>
    </div>
  );
}
