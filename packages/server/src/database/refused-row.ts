/**
 * True where PostgreSQL refused what a row holds (SQLSTATE classes 22 data exception, 23 integrity constraint), so that trying again
 * cannot help. Everything else may pass or be put right by the operator, and no call is to blame for it: connection lost, out of space,
 * a missing privilege or table (class 42).
 */
export function isRefusedRow(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return /^(22|23)[0-9A-Z]{3}$/.test(error.code);
}
