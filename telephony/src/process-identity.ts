import { readFileSync } from 'node:fs';

/**
 * When the process started, in clock ticks since boot (proc(5), /proc/pid/stat field 22). Together with its id this
 * names a process for good, while an id alone is given again to another. Undefined when there is none, or a zombie.
 */
export function processStartTicks(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold spaces and parentheses itself: fields are counted from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const ticks = Number(fields[19]);
  return Number.isFinite(ticks) ? ticks : undefined;
}

/** Whether the process written down earlier is still the one that carries this id. */
export function isSameProcess(process: { readonly pid: number; readonly startTicks: number }): boolean {
  return processStartTicks(process.pid) === process.startTicks;
}
