/**
 * Says why a start failed: our own errors carry words for the operator and a code; anything else is a fault of ours, shown with
 * its stack so that it can be reported.
 */
export function sayFailure(error: unknown): void {
  console.error('');
  console.error('起動できませんでした。/ Madoguchi could not start.');
  if (error instanceof Error && 'code' in error) console.error(error.message);
  else console.error(error);
}
