import { Link, useParams } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { ApprovalPart } from './approval-part.tsx';
import { FlowFacts } from './flow-facts.tsx';
import { PlanPart } from './plan-part.tsx';
import { SettingsForm } from './settings-form.tsx';
import { StatePart } from './state-part.tsx';
import { useMayManage, usePhoneNumbers } from './use-numbers.ts';

/** One phone number: its state, what is planned, its settings. */
export function NumberPage() {
  const { phoneNumber } = useParams({ from: '/signedIn/numbers/$phoneNumber' });
  const { data, error, isPending, refetch } = usePhoneNumbers();
  const mayManage = useMayManage();
  const number = data?.numbers.find((each) => each.phoneNumber === phoneNumber);
  if (data !== undefined && number !== undefined) {
    return (
      <>
        <PageTitle
          title={number.draft.name}
          lead={<span className="numerals">{number.shown}</span>}
          aside={<BackToNumbers />}
        />
        {number.isForSwitching ? (
          <Notice kind="info" title="緊急アナウンスを電話で切り替えるための番号です">
            かけた方には切り替えの案内だけが流れ、フローは流れません。変えるには、「緊急アナウンス」の画面で別の番号を選んでください。
          </Notice>
        ) : null}
        <StatePart number={number} mayManage={mayManage} />
        <Section title="フロー">
          <FlowFacts number={number} />
        </Section>
        <Section title="これからの予定">
          <PlanPart number={number} mayManage={mayManage} />
        </Section>
        <Section title="公開に必要な決裁">
          <ApprovalPart key={number.phoneNumber} number={number} />
        </Section>
        <div id="settings">
          <Section title="設定">
            <SettingsForm
              key={number.phoneNumber}
              number={number}
              calendars={data.calendars}
              mayManage={mayManage}
            />
          </Section>
        </div>
        <p className="mt-4 text-dns-14N-130 text-solid-gray-700">
          最後の変更：{momentShown(number.changedAt)}
          {number.changedBy === null ? '' : `　${number.changedBy}`}
        </p>
      </>
    );
  }
  return (
    <>
      <PageTitle title="電話番号の設定" aside={<BackToNumbers />} />
      {isPending ? <Loading rows={8} /> : null}
      {error === null ? null : (
        <Notice
          kind="error"
          title="電話番号の設定を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined ? null : <Empty icon="phone" title="この電話番号は登録されていません" />}
    </>
  );
}

function BackToNumbers() {
  return (
    <Link
      to="/numbers"
      className="inline-flex items-center gap-1 rounded-4 text-oln-16N-100 text-key-900 underline underline-offset-4 print:hidden"
    >
      <Icon name="chevronLeft" className="size-4" />
      電話番号の一覧へ
    </Link>
  );
}
