import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { z } from 'zod';

/** Sends an order to a process of telephones and gives its answer. Rejects where the process ends or `signal` is aborted. */
export async function askProcess<T extends z.ZodType>(
  child: ChildProcess,
  order: object,
  answerSchema: T,
  signal: AbortSignal,
): Promise<z.infer<T>> {
  const ended = new AbortController();
  const end = () => ended.abort(new Error('a process of telephones ended'));
  child.once('exit', end);
  try {
    const answer = once(child, 'message', { signal: AbortSignal.any([signal, ended.signal]) });
    child.send(order);
    const [message] = await answer;
    return answerSchema.parse(message);
  } finally {
    child.off('exit', end);
  }
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
