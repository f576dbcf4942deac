import { type Calendar, type HolidaySet, holidayNamesOf } from '@madoguchi/flow';
import { Button } from '../design/button.tsx';
import { ChoiceList } from '../design/choice-list.tsx';
import { Select } from '../design/select.tsx';
import { useCalendarForm } from './form-context.tsx';
import { LabelledHours } from './labelled-hours.tsx';

type Named = Calendar['holidays']['named'];
const USUAL = [{ from: '08:45', to: '17:15' }];

/** What 祝日・休日 are, and those that are treated otherwise, by their names. */
export function HolidayFields({ holidays }: { holidays: HolidaySet }) {
  const { draft, edit, problemAt } = useCalendarForm();
  const { rule, named } = draft.holidays;
  const setNamed = (next: Named) => edit({ holidays: { rule, named: next } });
  const change = (at: number, part: Partial<Named[number]>) =>
    setNamed(named.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const names = [...new Set([...holidayNamesOf(holidays), ...named.map(({ name }) => name)])].filter(
    (name) => name !== '',
  );
  return (
    <div className="flex flex-col gap-4">
      <ChoiceList
        label="祝日・休日（振替休日、国民の休日を含みます）"
        columns={3}
        choices={[
          { id: 'closed', word: '閉庁' },
          { id: 'asUsual', word: 'ふだんの曜日と同じ' },
          { id: 'hours', word: '祝日の時間で開庁' },
        ]}
        value={rule.type}
        onChange={(type) => edit({ holidays: { rule: ruleOf(type), named } })}
      />
      {rule.type === 'hours' ? (
        <LabelledHours
          of="祝日"
          title="祝日の時間"
          hours={rule.hours}
          path="holidays.rule.hours"
          onChange={(hours) => edit({ holidays: { rule: { type: 'hours', hours }, named } })}
        />
      ) : null}
      {named.map(({ name, hours }, at) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: a row whose holiday is not chosen yet has no other name
          key={at}
          className="flex flex-wrap items-start gap-x-5 gap-y-3 rounded-8 border border-solid-gray-300 p-4"
        >
          <legend className="sr-only">{name === '' ? '扱いを変える祝日' : name}</legend>
          <div className="w-64">
            <Select
              label="祝日"
              placeholder="選んでください"
              choices={names.map((each) => ({ id: each, word: each }))}
              value={name === '' ? null : name}
              onChange={(value) => change(at, { name: value })}
            />
            {problemAt(`holidays.named.${at}.name`) === undefined ? null : (
              <p className="text-std-16N-170 text-error-2">＊{problemAt(`holidays.named.${at}.name`)}</p>
            )}
          </div>
          <LabelledHours
            of={name}
            hours={hours}
            path={`holidays.named.${at}.hours`}
            onChange={(next) => change(at, { hours: next })}
          />
          <div className="ml-auto self-end">
            <Button
              look="quiet"
              size="small"
              aria-label={`「${name}」の扱いを削除する`}
              onPress={() => setNamed(named.filter((_, index) => index !== at))}
            >
              削除する
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          look="outline"
          size="small"
          onPress={() => setNamed([...named, { name: '', hours: [...USUAL] }])}
        >
          扱いを変える祝日を追加
        </Button>
      </div>
    </div>
  );
}

function ruleOf(type: string): Calendar['holidays']['rule'] {
  if (type === 'hours') return { type: 'hours', hours: [...USUAL] };
  return { type: type === 'asUsual' ? 'asUsual' : 'closed' };
}
