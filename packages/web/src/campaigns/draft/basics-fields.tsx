import type { CampaignChoices, CampaignDraft } from '@madoguchi/server/campaign-contract';
import { Link } from '@tanstack/react-router';
import { ChoiceList } from '../../design/choice-list.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { CHANNEL_CHOICES, KIND_CHOICES } from '../campaign-words.ts';
import { DepartmentField } from './department-field.tsx';
import { Objection } from './objection.tsx';

/** Name, kind, scenario, the number that is shown, the channels. */
export function BasicsFields({
  draft,
  choices,
  edit,
  problem,
}: {
  draft: CampaignDraft;
  choices: CampaignChoices;
  edit: (change: Partial<CampaignDraft>) => void;
  problem: (path: string) => string | undefined;
}) {
  const number = choices.numbers.find(({ phoneNumber }) => phoneNumber === draft.phoneNumber);
  const flow = choices.flows.find(({ flowId }) => flowId === draft.flowId);
  return (
    <>
      <TextField
        label="名前"
        size="small"
        description="職員が見分けるための名前です。市民には聞こえません。"
        autoComplete="off"
        isRequired
        maxLength={200}
        value={draft.name}
        onChange={(name) => edit({ name })}
        errorMessage={problem('name')}
      />
      <ChoiceList
        label="種類"
        columns={2}
        choices={KIND_CHOICES}
        value={draft.kind}
        onChange={(id) => {
          const chosen = KIND_CHOICES.find((choice) => choice.id === id);
          if (chosen !== undefined) edit({ kind: chosen.id });
        }}
        errorMessage={problem('kind')}
      />
      <ChoiceList
        label="伝える方法"
        columns={2}
        choices={CHANNEL_CHOICES}
        value={draft.settings.channels}
        onChange={(id) => {
          const chosen = CHANNEL_CHOICES.find((choice) => choice.id === id);
          if (chosen !== undefined) edit({ settings: { ...draft.settings, channels: chosen.id } });
        }}
        errorMessage={problem('settings.channels')}
      />
      <div className="grid grid-cols-2 items-start gap-5">
        {draft.settings.channels === 'sms' ? null : (
          <div className="flex min-w-0 flex-col gap-1">
            <Select
              label="シナリオ（電話で流す案内）"
              placeholder="選んでください"
              choices={choices.flows.map(({ flowId, name }) => ({ id: flowId, word: name }))}
              value={draft.flowId}
              onChange={(flowId) => edit({ flowId })}
            />
            <Objection message={problem('flowId')} />
            {flow === undefined ? (
              <p className="text-std-16N-170 text-solid-gray-700">
                「フロー」の画面で作った案内から選びます。
                <Link
                  to="/flows/new"
                  search={{ way: 'template' }}
                  className="ml-2 text-key-900 underline underline-offset-4"
                >
                  ひな形から作る
                </Link>
              </p>
            ) : (
              <p className="text-std-16N-170">
                <Link
                  to="/flows/$flowId"
                  params={{ flowId: flow.flowId }}
                  className="text-key-900 underline underline-offset-4"
                >
                  フローを開く
                </Link>
              </p>
            )}
          </div>
        )}
        <div className="flex min-w-0 flex-col gap-1">
          <Select
            label="相手の電話に表示する番号"
            placeholder="選んでください"
            choices={choices.numbers.map(({ phoneNumber, shown, name, isLive }) => ({
              id: phoneNumber,
              word: `${shown}　${name}${isLive ? '' : '（まだ本番ではありません）'}`,
            }))}
            value={draft.phoneNumber}
            onChange={(phoneNumber) => edit({ phoneNumber })}
          />
          <Objection message={problem('phoneNumber')} />
          <p className="text-std-16N-170 text-solid-gray-700">折り返しの電話も、この番号に届きます。</p>
        </div>
        <DepartmentField
          departments={choices.departments}
          value={draft.department}
          onChange={(department) => edit({ department })}
          problem={problem('department')}
        />
      </div>
      {number === undefined || number.hasFlow ? null : (
        <Notice kind="warning" title="この番号には、受ける電話の案内がありません">
          折り返しの電話をかけた方のうち、お相手と分からない方や、配信の時間のほかにかけた方に、何も案内できません。フローのひな形「折り返しの総合案内」などを、この番号で公開してください。
        </Notice>
      )}
    </>
  );
}
