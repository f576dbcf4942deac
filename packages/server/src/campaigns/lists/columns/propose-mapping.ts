import type { ReadAs } from '@madoguchi/flow';
import type { ColumnMapping, ListPurpose } from '../../../http/campaign-list-contract.ts';

type ValueRule = {
  readonly pattern: RegExp;
  readonly name: string;
  readonly readAs: ReadAs;
  readonly required: boolean;
  /** Tells apart what one person has to pay several times. */
  readonly narrows: boolean;
};

// '個人番号' is マイナンバー: never proposed.
const ADDRESSEE =
  /^(?:宛名(?:番号|コード|no)|住民(?:番号|コード)|納税(?:義務)?者(?:番号|コード)|被保険者宛名番号)$/;
const TELEPHONE = /^(?!.*(?:メール|fax|有無|区分)).*(?:電話|携帯|tel|連絡先)/;
const KANA = /^(?!.*(?:住所|方書|税目|科目|町名)).*(?:フリガナ|ふりがな|振り?仮名|カナ|かな|読み)/;
const BIRTH = /^(?!.*(?:和暦元号|区分)).*生年月日/;
const VALUES: readonly ValueRule[] = [
  { pattern: /^(?:税目|科目)(?:名|名称)?$/, name: '税目', readAs: 'text', required: false, narrows: false },
  {
    pattern: /^(?:税目|科目)(?:コード|cd)$/,
    name: '税目コード',
    readAs: 'digits',
    required: false,
    narrows: false,
  },
  {
    pattern: /^(?:.*(?:未納|滞納|納付|請求|期別).*額|金額|税額|保険料額?)$/,
    name: '金額',
    readAs: 'amount',
    required: true,
    narrows: false,
  },
  {
    pattern: /^(?:納期限?|納付期限|期限)(?:日)?$/,
    name: '納期限',
    readAs: 'date',
    required: true,
    narrows: false,
  },
  { pattern: /^期別?$/, name: '期別', readAs: 'text', required: false, narrows: true },
  {
    pattern: /^(?:納税|納入|納付)?通知書番号$/,
    name: '通知書番号',
    readAs: 'digits',
    required: false,
    narrows: true,
  },
  {
    pattern: /^(?:市町村|団体)コード$/,
    name: '団体コード',
    readAs: 'digits',
    required: false,
    narrows: false,
  },
  { pattern: /^(?:賦課|課税)年度$/, name: '賦課年度', readAs: 'text', required: false, narrows: true },
  { pattern: /^相当年度$/, name: '相当年度', readAs: 'text', required: false, narrows: true },
];

/** What the columns of a file are by their names; only what is recognised, so that nothing more of a person is used than is needed. */
export function proposeMapping(headers: readonly string[], purpose: ListPurpose): ColumnMapping[] {
  const taken = new Set<string>();
  return headers.flatMap((header): ColumnMapping[] => {
    const proposed = proposedFor(header, purpose);
    if (proposed === null) return [];
    const what = proposed.field === 'value' ? `value ${proposed.name}` : proposed.field;
    // Of telephones several may be had; of anything else the first counts.
    if (proposed.field !== 'telephone' && taken.has(what)) return [];
    taken.add(what);
    return [proposed];
  });
}

function proposedFor(header: string, purpose: ListPurpose): ColumnMapping | null {
  const plain = header
    .normalize('NFKC')
    .replace(/[\s_・]/g, '')
    .toLowerCase();
  if (ADDRESSEE.test(plain)) return { header, field: 'addresseeNumber' };
  const rule = VALUES.find(
    ({ pattern, narrows }) => pattern.test(plain) && (purpose === 'recipients' || narrows),
  );
  if (rule !== undefined)
    return { header, field: 'value', name: rule.name, readAs: rule.readAs, required: rule.required };
  if (purpose === 'paid') return null;
  if (KANA.test(plain)) return { header, field: 'nameKana', required: true };
  if (BIRTH.test(plain)) return { header, field: 'birthDate', required: true };
  return TELEPHONE.test(plain) ? { header, field: 'telephone' } : null;
}
