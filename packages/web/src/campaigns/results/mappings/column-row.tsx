import { type ColumnSource, ResultFieldSchema } from '@madoguchi/server/campaign-result-contract';
import { Button } from '../../../design/button.tsx';
import { Icon } from '../../../design/icon.tsx';
import { type Choice, Select } from '../../../design/select.tsx';
import { TextField } from '../../../design/text-field.tsx';
import { oneOf } from '../../campaign-words.ts';
import { type EditedColumn, SOURCE_TYPES } from './mapping-draft.ts';

export type ColumnOffer = {
  readonly fields: readonly Choice[];
  /** Values of the list by name. */
  readonly values: readonly string[];
  /** Headings of the list's own columns, in order. */
  readonly listColumns: readonly string[];
};

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
        <Content name={name} source={source} offer={offer} onChange={(next) => onChange({ source: next })} />
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

function Content({
  name,
  source,
  offer,
  onChange,
}: {
  name: string;
  source: ColumnSource;
  offer: ColumnOffer;
  onChange: (source: ColumnSource) => void;
}) {
  switch (source.type) {
    case 'field':
      return (
        <Select
          label={`${name}の項目`}
          isLabelShown={false}
          choices={offer.fields}
          value={source.field}
          onChange={(id) => onChange({ type: 'field', field: ResultFieldSchema.parse(id) })}
        />
      );
    case 'value':
      return (
        <Select
          label={`${name}の名簿の値`}
          isLabelShown={false}
          placeholder="選んでください"
          choices={[...new Set([...offer.values, source.name])]
            .filter((each) => each !== '')
            .map((each) => ({ id: each, word: each }))}
          value={source.name === '' ? null : source.name}
          onChange={(id) => onChange({ type: 'value', name: id })}
        />
      );
    case 'original':
      return (
        <Select
          label={`${name}の名簿の列`}
          isLabelShown={false}
          choices={listColumnChoices(offer.listColumns, source.column)}
          value={String(source.column)}
          onChange={(id) => onChange({ type: 'original', column: Number(id) })}
        />
      );
    case 'constant':
      return (
        <TextField
          label={`${name}に書く文字（空でもかまいません）`}
          size="small"
          autoComplete="off"
          maxLength={200}
          value={source.text}
          onChange={(text) => onChange({ type: 'constant', text })}
        />
      );
  }
}

/** @param chosen from 1; it may be of another list with more columns */
function listColumnChoices(headers: readonly string[], chosen: number): readonly Choice[] {
  return Array.from({ length: Math.max(headers.length, chosen) }, (_, at) => ({
    id: String(at + 1),
    word: `${at + 1}列目${headers[at] === undefined ? '' : `：${headers[at]}`}`,
  }));
}

function emptyOf(type: ColumnSource['type'], offer: ColumnOffer): ColumnSource {
  switch (type) {
    case 'field':
      return { type, field: 'addresseeNumber' };
    case 'value':
      return { type, name: offer.values.length === 1 ? (offer.values[0] ?? '') : '' };
    case 'original':
      return { type, column: 1 };
    case 'constant':
      return { type, text: '' };
  }
}
