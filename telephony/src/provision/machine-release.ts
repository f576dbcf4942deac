import { existsSync, readFileSync } from 'node:fs';

/** Codename of the machine's Linux release (os-release(5)), e.g. `bookworm`; empty when it names none. */
export function readMachineRelease(path = '/etc/os-release'): string {
  if (!existsSync(path)) return '';
  return /^VERSION_CODENAME="?([^"\n]*)"?$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
}
