/**
 * An error as it may stand in the log. PostgreSQL repeats the offending value in message and detail ("Key (email)=(…)"), so of its
 * errors only the code, the constraint and the place remain.
 */
export function loggable(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  if ('severity' in error) {
    const constraint = 'constraint' in error ? error.constraint : undefined;
    return { type: 'PostgresError', code, constraint, stack: framesOf(error) };
  }
  return { type: error.name, code, message: error.message, stack: framesOf(error) };
}

function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
}
