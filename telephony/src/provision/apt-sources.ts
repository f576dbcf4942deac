import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One place apt takes packages from, in the words of sources.list(5), deb822 style. */
export interface AptSource {
  readonly uris: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Fields carried over as they are: Signed-By (may hold several lines), Check-Valid-Until, Trusted. */
  readonly kept: ReadonlyMap<string, string>;
}

const KEPT_FIELDS = new Map([
  ['signed-by', 'Signed-By'],
  ['check-valid-until', 'Check-Valid-Until'],
  ['trusted', 'Trusted'],
]);

/** Parses a deb822 `.sources` file; disabled and source-code-only stanzas are left out. */
export function parseDeb822Sources(text: string): AptSource[] {
  const sources: AptSource[] = [];
  for (const stanza of text.split(/\n\s*\n/)) {
    const fields = new Map<string, string>();
    let current = '';
    for (const line of stanza.split('\n')) {
      if (line.startsWith('#') || line.trim() === '') continue;
      const start = /^([A-Za-z-]+)\s*:\s*(.*)$/.exec(line);
      if (start && !/^\s/.test(line)) {
        current = (start[1] ?? '').toLowerCase();
        fields.set(current, (start[2] ?? '').trim());
      } else if (current !== '') {
        fields.set(current, `${fields.get(current) ?? ''}\n ${line.trim()}`);
      }
    }
    if (!(fields.get('types') ?? '').split(/\s+/).includes('deb')) continue;
    if (/^(no|false|0|off)$/i.test(fields.get('enabled') ?? 'yes')) continue;
    sources.push({
      uris: (fields.get('uris') ?? '').split(/\s+/).filter(Boolean).join(' '),
      suites: words(fields.get('suites')),
      components: words(fields.get('components')),
      kept: keptOf(fields),
    });
  }
  return sources;
}

/** Parses one-line style (`deb [options] uri suite component…`). */
export function parseOneLineSources(text: string): AptSource[] {
  const sources: AptSource[] = [];
  for (const line of text.split('\n')) {
    const parts = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!parts) continue;
    const options = new Map<string, string>();
    for (const option of words(parts[1])) {
      const [name = '', value = ''] = option.split('=');
      options.set(name.toLowerCase(), value.replaceAll(',', ' '));
    }
    sources.push({
      uris: parts[2] ?? '',
      suites: [parts[3] ?? ''],
      components: words(parts[4]),
      kept: keptOf(options),
    });
  }
  return sources;
}

/** Every package source that this machine's own apt is told of. */
export function machineSources(etcApt = '/etc/apt'): AptSource[] {
  const sources: AptSource[] = [];
  const read = (path: string, parse: (text: string) => AptSource[]) => {
    if (existsSync(path)) sources.push(...parse(readFileSync(path, 'utf8')));
  };
  read(join(etcApt, 'sources.list'), parseOneLineSources);
  const folder = join(etcApt, 'sources.list.d');
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (name.endsWith('.list')) read(join(folder, name), parseOneLineSources);
    if (name.endsWith('.sources')) read(join(folder, name), parseDeb822Sources);
  }
  return sources;
}

/** The source that serves the machine's own Debian release; its mirror carries the next release as well. */
export function debianMirror(sources: readonly AptSource[], codename: string): AptSource | undefined {
  return sources.find(
    (source) =>
      source.components.includes('main') &&
      source.suites.includes(codename) &&
      !source.uris.startsWith('cdrom:') &&
      /debian\/?$/.test(source.uris.split(' ')[0] ?? ''),
  );
}

/** Writes a source in deb822 style, with other suites and components if wanted. */
export function writeDeb822(source: AptSource): string {
  const kept = [...source.kept].map(([name, value]) => `${name}: ${value}\n`).join('');
  return `Types: deb\nURIs: ${source.uris}\nSuites: ${source.suites.join(' ')}\nComponents: ${source.components.join(' ')}\n${kept}`;
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

function keptOf(fields: ReadonlyMap<string, string>): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [lower, name] of KEPT_FIELDS) {
    const value = fields.get(lower);
    if (value !== undefined) kept.set(name, value);
  }
  return kept;
}
