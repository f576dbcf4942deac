import type { CampaignChoices } from '@madoguchi/server/campaign-contract';
import { NumberField } from '../../design/number-field.tsx';
import { Select } from '../../design/select.tsx';
import type { SettingsEdit } from './settings-edit.ts';

const SAME = 'same';

/** 折り返しの電話: for how long people are known who call back, and what they hear. */
export function CallBackFields({
  settings,
  edit,
  problem,
  flows,
}: SettingsEdit & { flows: CampaignChoices['flows'] }) {
  const { callBackDays, callBackFlowId, channels } = settings;
  const objection = problem('settings.callBackFlowId');
  const same = channels === 'sms' ? '番号の案内（どなたにも同じもの）' : '配信と同じシナリオ';
  // A flow that was removed meanwhile is no choice any more.
  const chosen = flows.some(({ flowId }) => flowId === callBackFlowId) ? callBackFlowId : null;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-std-18B-160">折り返しの電話</legend>
      <p className="text-std-16N-170 text-solid-gray-700">
        電話やSMSを差し上げた方が、表示した番号にかけ直したときの扱いです。どなたかは、本人確認で確かめます。
      </p>
      <div className="grid grid-cols-2 items-start gap-5">
        <NumberField
          label="折り返しとして受ける期間"
          description="最後の電話やSMSから数えます。0日にすると、折り返しとして受けません。"
          unit="日間"
          min={0}
          max={90}
          value={callBackDays}
          onChange={(days) => edit({ callBackDays: days })}
          errorMessage={problem('settings.callBackDays')}
        />
        {callBackDays === 0 ? null : (
          <div className="flex min-w-0 flex-col gap-1">
            <Select
              label="折り返しの方に流す案内"
              description="「フロー」の画面のひな形に、「折り返しの案内」と「折り返しを職員へ」があります。"
              choices={[
                { id: SAME, word: same },
                ...flows.map(({ flowId, name }) => ({ id: flowId, word: name })),
              ]}
              value={chosen ?? SAME}
              onChange={(id) => edit({ callBackFlowId: id === SAME ? null : id })}
            />
            {objection === undefined ? null : <p className="text-std-16N-170 text-error-2">＊{objection}</p>}
          </div>
        )}
      </div>
    </fieldset>
  );
}
