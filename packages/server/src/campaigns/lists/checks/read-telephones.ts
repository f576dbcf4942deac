import { type DialableKind, type DialRefusal, mayDial, nationalDigits } from '@madoguchi/flow';

export type ReadTelephone =
  | { readonly type: 'found'; readonly digits: string; readonly kind: DialableKind }
  | { readonly type: 'missing' }
  /** None may be dialled; `column`: the first that has something in it. */
  | { readonly type: 'refused'; readonly column: string; readonly why: string };

const WHY: Readonly<Record<DialRefusal, string>> = {
  notDigits: '電話番号として読み取れません',
  callerIdPrefix: '184または186で始まっています。番号だけにしてください',
  special: '110・119などの、発信できない番号です',
  international: '国際電話の番号で、発信できません',
  carrierPrefix: '00で始まる番号には、発信できません',
  charged: '0570・0990で始まる、料金のかかる番号で、発信できません',
  machine: '020で始まる、電話ではない機器の番号です',
  tollFree: '0120・0800で始まる番号で、本人の番号ではありません',
  invalid: '実在しない形の番号です',
};
/** Nine digits of a landline, ten of a mobile telephone, after a spreadsheet took the leading zero away. */
const WITHOUT_ZERO = /^[1-9]\d{8,9}$/;

/** The first of the columns that holds a number which may be dialled. */
export function readTelephones(
  candidates: readonly { readonly header: string; readonly cell: string }[],
): ReadTelephone {
  let refused: ReadTelephone = { type: 'missing' };
  for (const { header, cell } of candidates) {
    if (cell.trim() === '') continue;
    const digits = nationalDigits(cell);
    const decision = digits === null ? null : mayDial(digits, { tollFree: false });
    if (digits !== null && decision?.allowed) return { type: 'found', digits, kind: decision.kind };
    if (refused.type === 'missing')
      refused = { type: 'refused', column: header, why: whyNot(digits, decision) };
  }
  return refused;
}

function whyNot(digits: string | null, decision: ReturnType<typeof mayDial> | null): string {
  if (digits === null || decision === null || decision.allowed) return WHY.notDigits;
  if (WITHOUT_ZERO.test(digits) && mayDial(`0${digits}`, { tollFree: false }).allowed)
    return '先頭の「0」が抜けています。表計算ソフトで列を「文字列」にして保存し直してください';
  return WHY[decision.reason];
}
