import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../../../design/empty.tsx';
import { Fold } from '../../../design/fold.tsx';
import { Icon } from '../../../design/icon.tsx';
import { Loading } from '../../../design/loading.tsx';
import { PageTitle } from '../../../design/page-title.tsx';
import { Section } from '../../../design/section.tsx';
import { ReadingTrouble } from '../../reading-trouble.tsx';
import { MakeToken } from './make-token.tsx';
import { useResultTokens } from './token-queries.ts';
import { TokensTable } from './tokens-table.tsx';

/** 基幹システムの鍵: made, told once, and made void. */
export function TokensPage() {
  const { data, error, refetch } = useResultTokens();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130">
        <Link
          to="/campaigns"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信
        </Link>
      </nav>
      <PageTitle
        title="基幹システムの鍵"
        lead="基幹システムが、配信の結果ファイルを自動で取り出すときに使う鍵です。この鍵でできるのは、結果ファイルの取り出しだけです。"
      />
      <Section title="鍵を作る">
        <MakeToken />
      </Section>
      <Section title="一覧">
        <ReadingTrouble what="鍵の一覧" error={error} onAgain={() => void refetch()} />
        {data === undefined ? (
          error === null ? (
            <Loading rows={3} />
          ) : null
        ) : data.tokens.length === 0 ? (
          <Empty icon="plug" title="鍵はまだありません">
            上の「鍵を作る」から、基幹システムごとに1つずつ作れます。
          </Empty>
        ) : (
          <TokensTable tokens={data.tokens} />
        )}
      </Section>
      <div className="mt-6">
        <Fold
          title="取り出し方"
          explanation="情報システムの担当者の方へ"
          isOpen={isOpen}
          onOpenChange={setOpen}
        >
          <HowTo />
        </Fold>
      </div>
    </>
  );
}

function HowTo() {
  const address = `${window.location.origin}/api/core-system/result-exports`;
  return (
    <div className="flex flex-col gap-3 text-std-16N-170">
      <p>
        次の宛先に、鍵を添えて問い合わせると、保管中の結果ファイルの一覧が古い順に返ります。まだ取り出していないものは
        fetchedAt が null です。
      </p>
      <Command text={`curl -H 'Authorization: Bearer 鍵' '${address}'`} />
      <p>一覧の files にある url から取り出し、sha256 の値と合うことを確かめてから、取り込んでください。</p>
      <Command text={`curl -H 'Authorization: Bearer 鍵' -O -J '${address}/exportIdの値/files/data'`} />
      <p>
        repeats が null
        でないものは、前に出した結果の再出力です。二重に取り込まないようにしてください。1つの鍵で、1分間に60回まで問い合わせられます。
      </p>
    </div>
  );
}

function Command({ text }: { text: string }) {
  return (
    <code className="block rounded-8 border border-solid-gray-300 bg-solid-gray-50 px-3 py-2 break-all">
      {text}
    </code>
  );
}
