import {
  AFTER_OUTCOME_DEFAULTS,
  type AttemptOutcome,
  type CampaignSettings,
} from '@madoguchi/server/campaign-contract';
import { Button } from '../../design/button.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { NumberField } from '../../design/number-field.tsx';
import { OUTCOMES } from '../campaign-words.ts';
import { intervalWords } from '../settings-words.ts';

type After = CampaignSettings['after'];
const MINUTES_OF_AN_HOUR = 60;
const MOST_HOURS = 24 * 31;

/** Outcomes after which staff may wish otherwise than usual. Who answered was reached; a full line is never a person's doing. */
const ASKED: readonly AttemptOutcome[] = [
  'busy',
  'unanswered',
  'hungUpAtOnce',
  'declined',
  'outOfRange',
  'unassigned',
  'unknown',
];

/** What follows each outcome. An outcome that is not named follows the usual rule. */
export function AfterTable({ value, onChange }: { value: After; onChange: (value: After) => void }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-std-16B-170">つながらなかったときに、次にすること</p>
      <p className="text-std-16N-170 text-solid-gray-700">ふつうは変える必要はありません。</p>
      <table className="w-full border-collapse text-dns-16N-130">
        <thead>
          <tr className="border-b border-solid-gray-420 bg-solid-gray-50 text-left text-dns-14B-130">
            {['結果', 'かけ直し', 'あける時間', ''].map((title) => (
              <th key={title} scope="col" className="px-3 py-2">
                {title === '' ? <span className="sr-only">操作</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ASKED.map((outcome) => (
            <AfterRow
              key={outcome}
              word={OUTCOMES[outcome]}
              rule={value[outcome]}
              usual={AFTER_OUTCOME_DEFAULTS[outcome]}
              onChange={(rule) => {
                const { [outcome]: _, ...others } = value;
                onChange(rule === undefined ? others : { ...others, [outcome]: rule });
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Rule = NonNullable<After[AttemptOutcome]>;

function AfterRow({
  word,
  rule,
  usual,
  onChange,
}: {
  word: string;
  /** Undefined: the usual one. */
  rule: Rule | undefined;
  usual: Rule;
  onChange: (rule: Rule | undefined) => void;
}) {
  return (
    <tr className="border-b border-solid-gray-200">
      <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap">
        {word}
      </th>
      {rule === undefined ? (
        <>
          <td colSpan={2} className="px-3 py-1 text-solid-gray-700">
            ふつうのとおり（
            {usual.again ? `${intervalWords(usual.intervalMinutes)}あけてかけ直します` : 'もうかけません'}）
          </td>
          <td className="px-3 py-1 text-right">
            <Button
              look="quiet"
              size="tight"
              aria-label={`変える：${word}`}
              onPress={() => onChange({ ...usual })}
            >
              変える
            </Button>
          </td>
        </>
      ) : (
        <>
          <td className="px-3 py-1">
            <CheckBox
              label="かけ直す"
              name={`かけ直す：${word}`}
              isSelected={rule.again}
              onChange={(again) => onChange({ ...rule, again })}
            />
          </td>
          <td className="px-3 py-1">
            {rule.again ? (
              <NumberField
                label={`${word}の後にあける時間`}
                isLabelShown={false}
                unit="時間"
                min={0}
                max={MOST_HOURS}
                step={0.5}
                value={rule.intervalMinutes / MINUTES_OF_AN_HOUR}
                onChange={(hours) =>
                  onChange({ ...rule, intervalMinutes: Math.round(hours * MINUTES_OF_AN_HOUR) })
                }
              />
            ) : (
              'もうかけません'
            )}
          </td>
          <td className="px-3 py-1 text-right">
            <Button
              look="quiet"
              size="tight"
              aria-label={`ふつうに戻す：${word}`}
              onPress={() => onChange(undefined)}
            >
              ふつうに戻す
            </Button>
          </td>
        </>
      )}
    </tr>
  );
}
