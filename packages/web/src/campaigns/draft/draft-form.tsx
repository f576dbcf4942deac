import type { CampaignDetail, CampaignDraft, CampaignSettings } from '@madoguchi/server/campaign-contract';
import { useEffect, useMemo, useRef } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { BehindNotice } from '../../design/behind-notice.tsx';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { useDraft } from '../../use-draft.ts';
import { BudgetNotice } from '../budget-notice.tsx';
import { campaignProblemOf, useSaveCampaign } from '../campaign-deeds.ts';
import { useCampaignChoices, useCampaignOutlook } from '../campaign-queries.ts';
import { ListPart } from '../lists/list-part.tsx';
import { PreviewPart } from '../preview/preview-part.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { BasicsFields } from './basics-fields.tsx';
import { CostPart } from './cost-part.tsx';
import { DraftDeeds } from './draft-deeds.tsx';
import { FindingsPart } from './findings-part.tsx';
import { NeededColumns } from './needed-columns.tsx';
import { ProposePart } from './propose-part.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { SmsFields } from './sms-fields.tsx';
import { Step } from './step.tsx';
import { StepList } from './step-list.tsx';
import { stepStateOf } from './step-states.ts';

const INVALID_FIELD = ':is(input, textarea, button, [role=group])[aria-invalid=true]';

/** The steps to a campaign on one page, in their order; what is typed is saved by one button that stays in sight. */
export function DraftForm({ campaign }: { campaign: CampaignDetail }) {
  const { campaignId, recipients } = campaign;
  const form = useDraft(`campaign ${campaignId}`, campaign, ({ draft }): CampaignDraft => draft);
  const { draft, base, edit, isEdited } = form;
  const save = useSaveCampaign(campaignId);
  const choices = useCampaignChoices();
  const outlook = useCampaignOutlook(campaignId, true);
  const problem = campaignProblemOf(save.error);
  const formRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (save.error === null) return;
    const first = formRef.current?.querySelector<HTMLElement>(INVALID_FIELD);
    first?.focus({ preventScroll: true });
    // Without a field to mend, what is wrong is told at the top.
    if (first === undefined || first === null) formRef.current?.scrollIntoView({ block: 'start' });
    else first.scrollIntoView({ block: 'center' });
  }, [save.error]);

  const editSettings = (change: Partial<CampaignSettings>) =>
    edit({ settings: { ...draft.settings, ...change } });
  const submit = () => {
    if (save.isPending) return;
    save.mutate(
      { version: base.version, draft },
      { onSuccess: ({ version }) => form.saved({ ...campaign, draft, version }, draft) },
    );
  };
  const settings = { settings: draft.settings, edit: editSettings, problem };
  const flow = choices.data?.flows.find(({ flowId }) => flowId === draft.flowId);
  const unheard = useMemo(
    () => new Set(outlook.data?.texts.filter(({ isHeard }) => !isHeard).map(({ text }) => text)),
    [outlook.data],
  );
  const count = Object.values(recipients).reduce((sum, each) => sum + each, 0);
  return (
    // No form: lists and previews have fields of their own, in which Enter must not save the draft.
    <div ref={formRef} className="flex flex-col gap-5 [&_:is(input,textarea,button,label)]:scroll-mb-28">
      {form.isBehind ? (
        <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
          {`${campaign.changedBy.name}が、この配信を変更しました。`}
        </BehindNotice>
      ) : null}
      {save.error === null || form.isBehind ? null : (
        <Notice kind="error" title="保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      <ReadingTrouble what="確認の結果" error={outlook.error} onAgain={() => void outlook.refetch()} />
      <StepList outlook={outlook.data} />
      <Step
        id="step-basics"
        number={1}
        title="名前と番号"
        lead="何を、どの番号から、どうやって伝えるかを決めます。"
        state={stepStateOf('basics', outlook.data)}
      >
        <ReadingTrouble
          what="選べるシナリオと番号"
          error={choices.error}
          onAgain={() => void choices.refetch()}
        />
        {choices.data === undefined ? (
          choices.error === null ? (
            <Loading rows={3} />
          ) : null
        ) : (
          <BasicsFields draft={draft} choices={choices.data} edit={edit} problem={problem} />
        )}
      </Step>
      <Step
        id="step-list"
        number={2}
        title="名簿"
        lead="基幹システムから取り出したファイルを読み込みます。取り込む前に、内容を確かめられます。"
        state={stepStateOf('list', outlook.data)}
      >
        {flow === undefined || draft.settings.channels === 'sms' ? null : <NeededColumns flow={flow} />}
        <ListPart campaignId={campaignId} purpose="recipients" known={count} wanted={flow?.values ?? []} />
      </Step>
      <Step
        id="step-schedule"
        number={3}
        title="時間とかけ方"
        lead="市民に迷惑をかけない曜日と時間にします。"
        state={stepStateOf('schedule', outlook.data)}
      >
        <ScheduleFields {...settings} flows={choices.data?.flows ?? []} />
      </Step>
      <Step
        id="step-text"
        number={4}
        title="文面の確認"
        lead="名簿の方に流れる内容を、読んで、聞いて確かめます。"
        state={stepStateOf('text', outlook.data)}
      >
        {draft.settings.channels === 'call' ? null : (
          <SmsFields
            {...settings}
            values={flow?.values ?? []}
            personalInSms={outlook.data?.personalInSms ?? []}
          />
        )}
        {outlook.data === undefined ? null : <FindingsPart outlook={outlook.data} flowId={draft.flowId} />}
        {count === 0 ? (
          <p className="text-std-16N-170 text-solid-gray-700">
            名簿を取り込むと、ひとりずつの内容をここで確かめられます。
          </p>
        ) : (
          <PreviewPart campaignId={campaignId} isEdited={isEdited} unheard={unheard} />
        )}
      </Step>
      <Step
        id="step-cost"
        number={5}
        title="費用の見込み"
        lead="通話料とSMSの料金を、名簿の人数から見積もります。"
        state={stepStateOf('cost', outlook.data)}
      >
        {outlook.data === undefined ? null : <BudgetNotice budget={outlook.data.budget} />}
        <CostPart estimate={outlook.data?.estimate ?? null} />
      </Step>
      <Step
        id="step-propose"
        number={6}
        title="決裁に出す"
        lead="決裁が済むまで、だれにも発信されません。"
        state={stepStateOf('propose', outlook.data)}
      >
        <ProposePart
          campaignId={campaignId}
          version={base.version}
          outlook={outlook.data}
          isEdited={isEdited}
        />
      </Step>
      <DraftDeeds campaign={campaign} />
      <div className="sticky bottom-0 z-1 -mx-6 flex flex-wrap items-center gap-3 border-t border-solid-gray-300 bg-white px-6 py-3 print:hidden">
        <Button isBusy={save.isPending} onPress={submit}>
          <Icon name="check" />
          {save.isPending ? '保存しています…' : '下書きを保存する'}
        </Button>
        <p role="status" className="text-std-16N-170">
          {isEdited
            ? 'まだ保存していない変更があります。保存すると、足りないものを調べ直します。'
            : save.isSuccess
              ? '保存しました。'
              : ''}
        </p>
      </div>
    </div>
  );
}
