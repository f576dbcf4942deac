import { z } from 'zod';
import type { TransferFailure } from '../event.ts';
import type { Finding, NodeSurroundings } from '../finding.ts';
import { mayDial, nationalDigits } from '../numbering.ts';

/** A telephone that a transfer rings. */
export const TransferTargetSchema = z.object({
  /** As staff write it; hyphens are allowed. */
  to: z.string(),
  ringTimeoutMs: z.int().min(5_000).max(120_000).default(30_000),
});
export type TransferTarget = z.infer<typeof TransferTargetSchema>;

/** Flows published before there were several targets name one as `to` and `ringTimeoutMs` of the node itself. */
export function withTargets(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null || 'targets' in settings || !('to' in settings)) {
    return settings;
  }
  const { to, ringTimeoutMs, ...rest } = { ringTimeoutMs: undefined, ...settings };
  return { ...rest, targets: [{ to, ringTimeoutMs }] };
}

/**
 * What a transfer to several telephones that all failed came to: `busy` only where all were, `unanswered` where one of them rang in vain,
 * else the first other reason.
 */
export function jointFailure(failures: readonly TransferFailure[]): TransferFailure {
  if (failures.includes('unanswered')) return 'unanswered';
  return failures.find((reason) => reason !== 'busy') ?? failures[0] ?? 'unknown';
}

/** What is wrong with the telephones that are to be rung. */
export function checkTargets(
  targets: readonly TransferTarget[],
  surroundings: NodeSurroundings,
): readonly Finding[] {
  const findings = targets.flatMap(({ to }, index) =>
    checkTarget(to, targets.length === 1 ? '転送先' : `${index + 1}番目の転送先`, surroundings),
  );
  const dialled = targets.flatMap(({ to }) => nationalDigits(to) ?? []);
  if (new Set(dialled).size < dialled.length) {
    findings.push({
      severity: 'error',
      code: 'duplicateTarget',
      message: '同じ電話番号が、転送先に二つ以上あります。',
      mend: '重なっている転送先を削除してください。',
    });
  }
  return findings;
}

function checkTarget(to: string, what: string, surroundings: NodeSurroundings): readonly Finding[] {
  const digits = nationalDigits(to);
  if (digits === null || !mayDial(digits, { tollFree: true }).allowed) {
    return [
      {
        severity: 'error',
        code: 'notDialable',
        message:
          to.trim() === ''
            ? `${what}の電話番号がありません。`
            : `${what}が、電話をかけられる番号ではありません。`,
        mend: '市外局番から始まる電話番号を入力してください。緊急通報や有料情報の番号には転送できません。',
      },
    ];
  }
  if (!surroundings.ownNumbers.some((own) => nationalDigits(own) === digits)) return [];
  return [
    {
      severity: 'error',
      code: 'ownNumber',
      message: `${what}が、このシステム自身が受ける電話番号です。転送がまた自動応答につながります。`,
      mend: '職員の電話機につながる番号を入力してください。',
    },
  ];
}
