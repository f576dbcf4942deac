import type { ColumnSource } from '@madoguchi/server/campaign-result-contract';
import { Button } from '../../../design/button.tsx';
import { Icon } from '../../../design/icon.tsx';
import { Select } from '../../../design/select.tsx';
import { TextField } from '../../../design/text-field.tsx';
import { oneOf } from '../../campaign-words.ts';
import { ColumnContent, type ColumnOffer, emptyOf } from './column-content.tsx';
import { type EditedColumn, SOURCE_TYPES } from './mapping-draft.ts';

const TYPE_WORDS: Readonly<Record<ColumnSource['type'], string>> = {
  field: '結果や配信先の項目',
  value: '名簿の値',
  original: '名簿の列をそのまま',
  constant: '決まった文字',
};
const TYPE_CHOICES = SOURCE_TYPES.map((id) => ({ id, word: TYPE_WORDS[id] }));

/** One column: its heading, what stands in it, and its place. */
export function ColumnRow({
  column: { header, source },
  place,
  isFirst,
  isLast,
  hasHeader,
  offer,
  headerProblem,
  sourceProblem,
  onChange,
  onMove,
  onRemove,
}: {
  column: EditedColumn;
  /** From 1. */
  place: number;
  isFirst: boolean;
  isLast: boolean;
  hasHeader: boolean;
  offer: ColumnOffer;
  headerProblem: string | undefined;
  sourceProblem: string | undefined;
  onChange: (part: Partial<EditedColumn>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const name = `${place}列目`;
  return (
    <tr className="border-b border-solid-gray-200 align-top last:border-b-0">
      <th scope="row" className="numerals px-3 py-3.5 text-right font-bold">
        {place}
      </th>
      <td className="w-64 px-3 py-1.5 [&_label]:sr-only">
        <TextField
          label={`${name}の見出し${hasHeader ? '' : '（書きません）'}`}
          size="small"
          autoComplete="off"
          maxLength={100}
          value={header}
          onChange={(next) => onChange({ header: next })}
          errorMessage={headerProblem}
        />
      </td>
      <td className="w-56 px-3 py-1.5">
        <Select
          label={`${name}に何を書くか`}
          isLabelShown={false}
          choices={TYPE_CHOICES}
          value={source.type}
          onChange={(id) => onChange({ source: emptyOf(oneOf(SOURCE_TYPES, id) ?? 'field', offer) })}
        />
      </td>
      <td className="min-w-64 px-3 py-1.5 [&_label]:sr-only">
        <ColumnContent
          name={name}
          source={source}
          offer={offer}
          onChange={(next) => onChange({ source: next })}
        />
        {sourceProblem === undefined ? null : (
          <p className="text-std-16N-170 text-error-2">＊{sourceProblem}</p>
        )}
      </td>
      <td className="px-3 py-1.5">
        <span className="flex gap-1">
          {/* Not disabled at the ends: whoever moves a column on by one key would lose the focus there. */}
          <Button
            look={isFirst ? 'quiet' : 'outline'}
            size="tight"
            aria-label={`${name}を上へ`}
            aria-disabled={isFirst}
            onPress={() => onMove(-1)}
          >
            <Icon name="chevronUp" className="size-4" />
          </Button>
          <Button
            look={isLast ? 'quiet' : 'outline'}
            size="tight"
            aria-label={`${name}を下へ`}
            aria-disabled={isLast}
            onPress={() => onMove(1)}
          >
            <Icon name="chevronDown" className="size-4" />
          </Button>
          <Button look="quiet" size="tight" aria-label={`${name}を削除する`} onPress={onRemove}>
            削除する
          </Button>
        </span>
      </td>
    </tr>
  );
}
