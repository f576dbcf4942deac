import type { CampaignChoices } from '@madoguchi/server/campaign-contract';
import { CheckBox } from '../../design/check-box.tsx';
import { NumberField } from '../../design/number-field.tsx';
import { AfterTable } from './after-table.tsx';
import { CallBackFields } from './call-back-fields.tsx';
import type { SettingsEdit } from './settings-edit.ts';

/** What most campaigns leave as it is: speed, lines, what follows each outcome, 折り返し. */
export function DetailFields({
  settings,
  edit,
  problem,
  flows,
}: SettingsEdit & { flows: CampaignChoices['flows'] }) {
  return (
    <div className="flex flex-col gap-5">
      <div className="grid grid-cols-3 items-start gap-x-8 gap-y-4">
        <NumberField
          label="1秒にかけ始める数"
          description="回線に無理のない速さにします。"
          unit="件まで"
          min={0.1}
          max={20}
          step={0.1}
          value={settings.callsPerSecond}
          onChange={(callsPerSecond) => edit({ callsPerSecond })}
          errorMessage={problem('settings.callsPerSecond')}
        />
        <NumberField
          label="同時にかける数"
          description="呼び出し中と通話中を合わせた数です。"
          unit="件まで"
          min={1}
          max={200}
          value={settings.atOnce}
          onChange={(atOnce) => edit({ atOnce })}
          errorMessage={problem('settings.atOnce')}
        />
        <NumberField
          label="受ける電話のために空けておく数"
          description="市民からの電話を待たせません。"
          unit="回線"
          min={0}
          max={200}
          value={settings.linesLeftFree}
          onChange={(linesLeftFree) => edit({ linesLeftFree })}
          errorMessage={problem('settings.linesLeftFree')}
        />
      </div>
      <AfterTable value={settings.after} onChange={(after) => edit({ after })} />
      <div>
        <CheckBox
          label="留守番電話に案内が流れたら、連絡がついたことにする"
          isSelected={settings.machineIsReached}
          onChange={(machineIsReached) => edit({ machineIsReached })}
        />
        <CheckBox
          label="同じ電話番号の方は、1回の電話にまとめる（お誕生日でどなたかを確かめます）"
          isSelected={settings.mergeHouseholds}
          onChange={(mergeHouseholds) => edit({ mergeHouseholds })}
        />
      </div>
      {settings.channels === 'callThenSms' || settings.channels === 'smsThenCall' ? (
        <NumberField
          label="電話とSMSの間をあける長さ"
          unit="時間"
          min={0}
          max={24 * 31}
          value={Math.round(settings.nextChannelAfterMinutes / 60)}
          onChange={(hours) => edit({ nextChannelAfterMinutes: hours * 60 })}
          errorMessage={problem('settings.nextChannelAfterMinutes')}
        />
      ) : null}
      <CallBackFields settings={settings} edit={edit} problem={problem} flows={flows} />
    </div>
  );
}
