import { expect, test } from 'vitest';
import { debianMirror, parseDeb822Sources, parseOneLineSources, writeDeb822 } from './apt-sources.ts';

const DEB822 = `Types: deb
# a remark
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
Check-Valid-Until: no

Enabled: no
Types: deb
URIs: http://disabled.example/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://sources.example/debian
Suites: bookworm
Components: main
`;

test('the mirror of the machine is found in deb822 files, with its key and its say on expiry', () => {
  const mirror = debianMirror(parseDeb822Sources(DEB822), 'bookworm');
  if (!mirror) throw new Error('not found');
  expect(writeDeb822({ ...mirror, suites: ['forky'], components: ['main'] })).toBe(
    'Types: deb\nURIs: http://mirror.example/debian\nSuites: forky\nComponents: main\n' +
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\nCheck-Valid-Until: no\n',
  );
});

test('the mirror of the machine is found in one-line files', () => {
  const text = `# deb http://remark.example/debian bookworm main
deb cdrom:[Debian]/ bookworm main
deb https://other.example/apt bookworm main
deb [arch=amd64 signed-by=/k.gpg check-valid-until=no] http://mirror.example/debian/ bookworm main contrib # x
`;
  const mirror = debianMirror(parseOneLineSources(text), 'bookworm');
  expect(mirror?.uris).toBe('http://mirror.example/debian/');
  expect([...(mirror?.kept ?? [])]).toEqual([
    ['Signed-By', '/k.gpg'],
    ['Check-Valid-Until', 'no'],
  ]);
});

test('disabled sources and those of source code are not used', () => {
  expect(parseDeb822Sources(DEB822).map((source) => source.uris)).toEqual(['http://mirror.example/debian']);
});
