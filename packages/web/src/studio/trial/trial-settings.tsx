import {
  type BundleDraft,
  nationalDigits,
  nodeKind,
  recipientValuesOf,
  type TrialSetting,
} from '@madoguchi/flow';
import type { TrialHouse } from '@madoguchi/server/trial-contract';
import { useMemo, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { DateField } from '../../design/date-field.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { dayAndTime, instantOf } from '../../words/japanese-time.ts';
import { numberShown } from '../../words/number-shown.ts';
import { momentsToTry } from './moments.ts';
import {
  CALLERS,
  IDENTITY_OUTCOMES,
  RECORDING_OUTCOMES,
  SMS_OUTCOMES,
  TRANSFER_OUTCOMES,
} from './trial-words.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** When somebody calls, who it is, and how staff telephones and SMS behave. */
export function TrialSettings({
  bundle,
  house,
  setting,
  now,
  onChange,
}: {
  bundle: BundleDraft;
  house: TrialHouse;
  setting: TrialSetting;
  now: number;
  onChange: (setting: TrialSetting) => void;
}) {
  const numbers = useMemo(() => numbersRungBy(bundle), [bundle]);
  const recipientValues = useMemo(() => recipientValuesOf(bundle), [bundle]);
  const isPlaced = recipientValues.length > 0;
  const { day, time } = dayAndTime(setting.at);
  const at = (moment: { day: string; time: string }) => onChange({ ...setting, at: instantOf(moment) });
  const { transfers } = setting;
  return (
    <div className="@container flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {momentsToTry(now, house.holidays).map((moment) => (
          <Button key={moment.id} look="outline" size="small" onPress={() => at(moment)}>
            {moment.word}
          </Button>
        ))}
      </div>
      <div className="grid grid-cols-1 gap-3 @md:grid-cols-2">
        <DateField label="日付" value={day} onChange={(chosen) => at({ day: chosen ?? day, time })} />
        <TimeField time={time} onChange={(chosen) => at({ day, time: chosen })} />
        <Select
          label={isPlaced ? 'かける相手' : 'かけてくる人'}
          choices={CALLERS}
          value={setting.caller.kind}
          onChange={(id) => {
            const caller = CALLERS.find((each) => each.id === id);
            if (caller !== undefined)
              onChange({ ...setting, caller: { kind: caller.id, number: caller.number } });
          }}
        />
        <Select
          label={isPlaced ? '相手に表示する市の電話番号' : 'かける先の電話番号'}
          choices={house.numbers.map(({ phoneNumber, shown, name }) => ({
            id: phoneNumber,
            word: `${shown} ${name}`,
          }))}
          value={setting.phoneNumber}
          onChange={(phoneNumber) => {
            const name = house.numbers.find((each) => each.phoneNumber === phoneNumber)?.name;
            onChange({ ...setting, phoneNumber, ...(name === undefined ? {} : { phoneNumberName: name }) });
          }}
        />
        {numbers.map((number) => (
          <Select
            key={number}
            label={`転送先 ${numberShown(number)}`}
            choices={TRANSFER_OUTCOMES}
            value={transfers.byNumber[number] ?? transfers.usual}
            onChange={(id) => {
              const outcome = TRANSFER_OUTCOMES.find((each) => each.id === id)?.id ?? 'answered';
              const byNumber = { ...transfers.byNumber, [number]: outcome };
              onChange({ ...setting, transfers: { ...transfers, byNumber } });
            }}
          />
        ))}
        <Select
          label="SMS"
          choices={SMS_OUTCOMES}
          value={setting.sms}
          onChange={(id) =>
            onChange({ ...setting, sms: SMS_OUTCOMES.find((each) => each.id === id)?.id ?? 'accepted' })
          }
        />
        <Select
          label="録音"
          choices={RECORDING_OUTCOMES}
          value={setting.recording}
          onChange={(id) =>
            onChange({
              ...setting,
              recording: RECORDING_OUTCOMES.find((each) => each.id === id)?.id ?? 'works',
            })
          }
        />
        {isPlaced ? (
          <Select
            label="本人確認の入力"
            choices={IDENTITY_OUTCOMES}
            value={setting.identity}
            onChange={(id) =>
              onChange({
                ...setting,
                identity: IDENTITY_OUTCOMES.find((each) => each.id === id)?.id ?? 'matches',
              })
            }
          />
        ) : null}
        {recipientValues.map(({ name, example }) => (
          <TextField
            key={name}
            label={`配信先の値「${name}」`}
            size="small"
            value={setting.recipient[name] ?? example}
            onChange={(text) => onChange({ ...setting, recipient: { ...setting.recipient, [name]: text } })}
          />
        ))}
      </div>
      {house.lists.map(({ id, name }) => (
        <CheckBox
          key={id}
          label={`番号一覧「${name}」に載っている人とする`}
          isSelected={setting.onLists.includes(id)}
          onChange={(isOn) => {
            const others = setting.onLists.filter((each) => each !== id);
            onChange({ ...setting, onLists: isOn ? [...others, id] : others });
          }}
        />
      ))}
    </div>
  );
}

function TimeField({ time, onChange }: { time: string; onChange: (time: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      label="時刻（例：17:15）"
      size="small"
      inputMode="numeric"
      maxLength={5}
      value={typed ?? time}
      onChange={(text) => {
        setTyped(text);
        if (TIME.test(text)) onChange(text);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function numbersRungBy(bundle: BundleDraft): readonly string[] {
  const nodes = Object.values(bundle.flows).flatMap((flow) => Object.values(flow.nodes));
  const rung = nodes.flatMap((draft) => {
    const bound = nodeKind(draft.kind)?.bind(draft);
    return bound?.ok ? bound.node.rings : [];
  });
  return [...new Set(rung.flatMap((written) => nationalDigits(written) ?? []))];
}
