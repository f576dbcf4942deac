/**
 * True where PostgreSQL refused what a row holds (SQLSTATE classes 22 data exception, 23 integrity constraint, 42 definition), so
 * that trying again cannot help. Everything else (connection lost, shutting down, out of space) may pass.
 */
export function isRefusedRow(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return /^(22|23|42)[0-9A-Z]{3}$/.test(error.code);
}
