import { type ColumnSource, ResultFieldSchema } from '@madoguchi/server/campaign-result-contract';
import { type Choice, Select } from '../../../design/select.tsx';
import { TextField } from '../../../design/text-field.tsx';

export type ColumnOffer = {
  readonly fields: readonly Choice[];
  /** Values of the list by name. */
  readonly values: readonly string[];
  /** Headings of the list's own columns, in order. */
  readonly listColumns: readonly string[];
};

/** What stands in a column, chosen or typed after its kind. */
export function ColumnContent({
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

/** What a column holds when its kind was just chosen. */
export function emptyOf(type: ColumnSource['type'], offer: ColumnOffer): ColumnSource {
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
