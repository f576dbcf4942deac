import { readableTextOf } from '@madoguchi/flow';
import type { RecipientStory } from '@madoguchi/server/campaign-contract';
import { Link, useParams } from '@tanstack/react-router';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { useCampaign, useRecipientStory } from '../campaign-queries.ts';
import { RECIPIENT_STATES } from '../campaign-words.ts';
import { Facts } from '../facts.tsx';
import { RecipientPreviewShown } from '../preview/recipient-preview-shown.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { AttemptList } from './attempt-list.tsx';
import { nextWords, resultWords } from './recipient-words.ts';
import { RemovalForm } from './removal-form.tsx';

/** One person of a campaign: what was tried, what came of it, what would be heard; and the way to take them off. */
export function RecipientPage() {
  const { campaignId, recipientId } = useParams({
    from: '/signedIn/campaigns/$campaignId/recipients/$recipientId',
  });
  const { data, error, refetch } = useRecipientStory(campaignId, Number(recipientId));
  const campaign = useCampaign(campaignId);
  const mayRemove = campaign.data?.may.includes('removeRecipients') ?? false;
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns/$campaignId/recipients"
          params={{ campaignId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信先
        </Link>
      </nav>
      <PageTitle
        title={data === undefined ? '配信先' : `宛名番号 ${data.recipient.addresseeNumber}`}
        lead={campaign.data?.name}
      />
      <ReadingTrouble what="配信先" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <Story campaignId={campaignId} story={data} mayRemove={mayRemove} />
      )}
    </>
  );
}

function Story({
  campaignId,
  story: { recipient, values, attempts, removal },
  mayRemove,
}: {
  campaignId: string;
  story: RecipientStory;
  mayRemove: boolean;
}) {
  const isOpen = recipient.state === 'waiting' || recipient.state === 'inProgress';
  return (
    <div className="flex flex-col gap-5">
      {removal === null ? null : (
        <Notice kind="info" title={`${removal.by.name} さんが取りやめました`}>
          {momentShown(removal.at)}　{removal.reason}
        </Notice>
      )}
      <Facts
        facts={[
          { name: '状態', value: <StateLabel {...RECIPIENT_STATES[recipient.state]} /> },
          { name: 'お話の結果', value: resultWords(recipient) || 'まだありません' },
          { name: '次の発信', value: nextWords(recipient) },
          { name: '電話番号', value: <span className="numerals">{recipient.telephoneShown}</span> },
          { name: 'フリガナ', value: recipient.nameKana === '' ? 'なし' : recipient.nameKana },
          {
            name: '生年月日',
            value: recipient.hasBirthDate ? 'あり（本人確認にだけ使い、表示しません）' : 'なし',
          },
          ...Object.entries(values).map(([name, value]) => ({
            name,
            value: readableTextOf('{{value}}', () => value),
          })),
          { name: '名簿の行', value: `${recipient.rowNo}行目` },
        ]}
      />
      {isOpen && mayRemove ? (
        <RemovalForm campaignId={campaignId} recipientId={recipient.recipientId} />
      ) : null}
      <Section title="これまでの発信">
        {attempts.length === 0 ? (
          <Empty icon="phoneOut" title="まだ発信していません" />
        ) : (
          <AttemptList campaignId={campaignId} attempts={attempts} />
        )}
      </Section>
      <Section title="流れる内容">
        <RecipientPreviewShown campaignId={campaignId} recipientId={recipient.recipientId} />
      </Section>
    </div>
  );
}
