import type { Finding } from './finding.ts';

/** What is wrong with the cases of a condition: each needs a name of its own, and `else` is the way of all others. */
export function checkCases(
  cases: readonly { readonly id: string; readonly label: string }[],
): readonly Finding[] {
  const findings: Finding[] = [];
  if (cases.length === 0) {
    findings.push({
      severity: 'error',
      code: 'noCase',
      message: '条件が一つもありません。',
      mend: '条件を追加するか、このノードを削除してください。',
    });
  }
  const ids = cases.map((each) => each.id);
  if (ids.includes('else') || new Set(ids).size < ids.length) {
    findings.push({
      severity: 'error',
      code: 'duplicateCase',
      message: '同じ識別名の条件が二つ以上あるか、識別名「else」が使われています。',
      mend: '条件を一度削除し、追加し直してください。',
    });
  }
  return findings;
}
