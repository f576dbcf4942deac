import { arch, availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** What the figures were measured on. */
export function describeMachine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Number((totalmem() / 2 ** 30).toFixed(1)),
    kernel: `${release()} ${arch()}`,
    node: process.version,
  };
}

/** Load of the last minute (uptime(1)). */
export function loadNow(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2));
}
