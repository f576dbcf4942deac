import { setPriority } from 'node:os';

const NICENESS = -10;

/**
 * Makes this a process of telephones that ends with its parent, never by Ctrl-C alone, so that the parent can say goodbye in order; and
 * one that comes first at the processor, since a judge that waits for one would blame the judged. Only root may do the latter.
 */
export function servesItsParent(): void {
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
  try {
    setPriority(NICENESS);
  } catch (error) {
    process.stderr.write(
      `telephones run at ordinary priority: ${error instanceof Error ? error.message : ''}\n`,
    );
  }
}
