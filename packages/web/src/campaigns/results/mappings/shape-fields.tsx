import { CheckBox } from '../../../design/check-box.tsx';
import { Select } from '../../../design/select.tsx';
import { oneOf } from '../../campaign-words.ts';
import type { EditedMapping } from './mapping-draft.ts';

const SHAPES = [
  { id: 'utf8', word: 'CSV（UTF-8）' },
  { id: 'utf8bom', word: 'CSV（UTF-8、BOM付き）' },
  { id: 'cp932', word: 'CSV（Shift_JIS）' },
  { id: 'xlsx', word: 'Excel（xlsx）' },
] as const;
const LINE_ENDS = [
  { id: 'crlf', word: 'CRLF（Windows）' },
  { id: 'lf', word: 'LF' },
] as const;
const DATES = [
  { id: 'hyphened', word: '2026-01-31' },
  { id: 'digits', word: '20260131' },
] as const;
const READERS = [
  { id: 'coreSystem', word: '基幹システム（値をそのまま書く）' },
  { id: 'spreadsheet', word: '職員がExcelで開く（計算されない書き方）' },
] as const;

/** Kind of file, encoding, and how rows and dates are written. */
export function ShapeFields({
  edited: { format, encoding, bom, hasHeader, lineEnd, dates, reader },
  onChange,
}: {
  edited: EditedMapping;
  onChange: (change: Partial<EditedMapping>) => void;
}) {
  const shape = format === 'xlsx' ? 'xlsx' : encoding === 'cp932' ? 'cp932' : bom ? 'utf8bom' : 'utf8';
  return (
    <div className="flex flex-wrap items-end gap-x-5 gap-y-3 rounded-8 border border-solid-gray-300 bg-white p-4">
      <div className="w-64">
        <Select
          label="ファイルの種類と文字コード"
          choices={SHAPES}
          value={shape}
          onChange={(id) =>
            onChange({
              format: id === 'xlsx' ? 'xlsx' : 'csv',
              encoding: id === 'cp932' ? 'cp932' : 'utf8',
              bom: id === 'utf8bom',
            })
          }
        />
      </div>
      <div className="w-44">
        <Select
          label="日付の書き方"
          choices={DATES}
          value={dates}
          onChange={(id) => onChange({ dates: oneOf(['hyphened', 'digits'], id) ?? dates })}
        />
      </div>
      {format === 'xlsx' ? null : (
        <>
          <div className="w-52">
            <Select
              label="改行"
              choices={LINE_ENDS}
              value={lineEnd}
              onChange={(id) => onChange({ lineEnd: oneOf(['crlf', 'lf'], id) ?? lineEnd })}
            />
          </div>
          <div className="w-96">
            <Select
              label="だれが読むか"
              choices={READERS}
              value={reader}
              onChange={(id) => onChange({ reader: oneOf(['coreSystem', 'spreadsheet'], id) ?? reader })}
            />
          </div>
        </>
      )}
      <CheckBox
        label="1行目に見出しを書く"
        isSelected={hasHeader}
        onChange={(next) => onChange({ hasHeader: next })}
      />
    </div>
  );
}
