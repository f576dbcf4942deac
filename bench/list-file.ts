const COLUMNS = [
  '団体コード',
  '宛名番号',
  '氏名',
  'フリガナ',
  '生年月日',
  '郵便番号',
  '住所',
  '電話番号',
  '携帯電話番号',
  '税目コード',
  '税目',
  '賦課年度',
  '相当年度',
  '期別',
  '通知書番号',
  '納期限',
  '未納額',
  '備考',
];
const SURNAMES = ['髙橋', '伊藤', '渡邊', '小𠮷', '齋藤', '葛\u{E0100}城', '納\uE000'];
const TAXES = ['固定資産税・都市計画税', '市民税・県民税', '軽自動車税（種別割）', '国民健康保険税'];
const digits = (value: number, length: number) => String(value).padStart(length, '0');

/**
 * A CSV file as a core system writes it (UTF-8 with BOM, CRLF, some values quoted): so many people, all with numbers that nobody has. A few of each hundred rows
 * are wrong in the usual ways.
 */
export function* listFile(rows: number): Generator<string> {
  yield `\uFEFF${COLUMNS.join(',')}\r\n`;
  for (let nth = 1; nth <= rows; nth++) yield `${rowOf(nth).join(',')}\r\n`;
}

function rowOf(nth: number): readonly string[] {
  const hasMobile = nth % 3 !== 0;
  return [
    '202100',
    digits(nth % 97 === 0 ? nth - 1 : nth, 10),
    `${SURNAMES[nth % SURNAMES.length] ?? ''}　${digits(nth, 6)}`,
    nth % 89 === 0 ? '' : 'ﾉｳｾﾞｲ ﾀﾛｳ',
    nth % 2 === 0
      ? `19${digits(30 + (nth % 60), 2)}0${1 + (nth % 9)}1${nth % 9}`
      : `S${1 + (nth % 60)}.${1 + (nth % 11)}.${1 + (nth % 24)}`,
    '395-0000',
    `"長野県飯田市大久保町${nth % 9999}番地${nth % 99}, 第${nth % 20}号棟"`,
    nth % 83 === 0 ? '0570-000-000' : `0265-00-${digits(nth % 10_000, 4)}`,
    hasMobile ? `090-0000-${digits(nth % 10_000, 4)}` : '',
    digits(nth % TAXES.length, 2),
    TAXES[nth % TAXES.length] ?? '',
    'R8',
    'R8',
    String(1 + (nth % 4)),
    digits(nth * 7, 12),
    'R8.7.31',
    `"${(1_000 + (nth % 300_000)).toLocaleString('en-US')}"`,
    '',
  ];
}
