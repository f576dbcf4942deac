import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: the unit of /proc/<pid>/stat on every Linux that Node runs on (proc(5)). */
const TICK_MS = 10;

/**
 * CPU time in ms by process id, read for all of them at one moment: of the process with all its threads and all its descendants, those
 * included that have ended and were waited for. Only differences of it mean something. 0 where the process is gone.
 */
export function readCpuMs(): (rootPid: number) => number {
  const processes = readProcesses();
  return (rootPid) =>
    treeOf(rootPid, processes).reduce((sum, pid) => sum + (processes.get(pid)?.cpuMs ?? 0), 0);
}

/** CPU time in ms of all processes that are not in that tree, and what the machine's own host took away (proc(5), /proc/stat: steal). */
export function otherCpuMs(rootPid: number): number {
  const processes = readProcesses();
  const ours = new Set(treeOf(rootPid, processes));
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/ +/) ?? [];
  const stolenMs = Number(ticks[7] ?? 0) * TICK_MS;
  return [...processes].reduce((sum, [pid, stat]) => sum + (ours.has(pid) ? 0 : stat.cpuMs), stolenMs);
}

/** Resident memory in MB, or with `proportional` shared pages divided among those who share them (PostgreSQL's shared buffers). */
export function memoryMb(rootPid: number, how: 'resident' | 'proportional' = 'resident'): number {
  const pids = treeOf(rootPid, readProcesses());
  const kb = pids.map((pid) =>
    how === 'resident'
      ? fieldKb(`/proc/${pid}/status`, 'VmRSS')
      : fieldKb(`/proc/${pid}/smaps_rollup`, 'Pss'),
  );
  return kb.reduce((sum, each) => sum + each, 0) / 1024;
}

type ProcessStat = { readonly parent: number; readonly cpuMs: number };

function readProcesses(): ReadonlyMap<number, ProcessStat> {
  const found = new Map<number, ProcessStat>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readOrNull(`/proc/${name}/stat`);
    if (stat === null) continue;
    // The name in parentheses may hold spaces: fields are counted from the last parenthesis, after which comes field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0);
    found.set(Number(name), { parent: Number(fields[1] ?? 0), cpuMs: ticks * TICK_MS });
  }
  return found;
}

function treeOf(rootPid: number, processes: ReadonlyMap<number, ProcessStat>): readonly number[] {
  if (!processes.has(rootPid)) return [];
  const children = [...processes].filter(([, { parent }]) => parent === rootPid).map(([pid]) => pid);
  return [rootPid, ...children.flatMap((pid) => treeOf(pid, processes))];
}

function fieldKb(path: string, name: string): number {
  const text = readOrNull(path) ?? '';
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}

/** Null where the process ended between listing and reading. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
