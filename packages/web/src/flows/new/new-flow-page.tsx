import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { meQuery } from '../../account-queries.ts';
import { ChoiceList } from '../../design/choice-list.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { EmptyWay } from './empty-way.tsx';
import { FileWay } from './file-way.tsx';
import { TemplateWay } from './template-way.tsx';

const WAYS = [
  {
    id: 'template',
    word: 'ひな形から',
    explanation: 'できあがった文章に、市の名前や電話番号を入れて作ります。',
  },
  { id: 'empty', word: '空のフロー', explanation: '名前だけを決めて、はじめから組み立てます。' },
  {
    id: 'file',
    word: 'ファイルから',
    explanation: 'ほかの窓口や、この窓口で書き出したファイルを読み込みます。',
  },
] as const;
type Way = (typeof WAYS)[number]['id'];
const PARTS: Readonly<Record<Way, ComponentType>> = {
  template: TemplateWay,
  empty: EmptyWay,
  file: FileWay,
};

/** The three ways to a new flow. */
export function NewFlowPage() {
  const { way } = useSearch({ from: '/signedIn/flows/new' });
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const Part = way === undefined ? null : PARTS[way];
  return (
    <div className="flex flex-col gap-6">
      <PageTitle
        title="フローを追加する"
        lead="追加したフローは下書きです。公開するまで、電話をかけた方には聞こえません。"
        aside={
          <Link
            to="/flows"
            className="inline-flex items-center gap-1 rounded-4 text-std-16N-170 text-key-900 underline underline-offset-4 print:hidden"
          >
            <Icon name="chevronLeft" className="size-4" />
            フローの一覧へ戻る
          </Link>
        }
      />
      {me !== undefined && !me.rights.includes('editFlows') ? (
        <Notice kind="warning" title="フローを追加できるのは、フローを編集できる職員だけです" />
      ) : (
        <>
          <ChoiceList
            label="作り方"
            columns={3}
            choices={WAYS}
            value={way ?? null}
            onChange={(id) => {
              const chosen = WAYS.find((each) => each.id === id);
              if (chosen === undefined) return;
              void navigate({ to: '/flows/new', search: { way: chosen.id }, replace: true });
            }}
          />
          {Part === null ? null : <Part />}
        </>
      )}
    </div>
  );
}
