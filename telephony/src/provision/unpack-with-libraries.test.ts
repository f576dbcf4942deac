import { expect, test } from 'vitest';
import { readElfNeeds } from './elf.ts';
import { packagesFor } from './unpack-with-libraries.ts';

const DEPENDS: Record<string, string[]> = {
  asterisk: ['libssl3t64', 'libxml2-16', 'libstdc++6', 'zlib1g', 'libc6', 'adduser'],
  'libsrtp2-1': ['libc6', 'libnss3'],
  libnss3: ['libc6', 'libnspr4', 'libsqlite3-0'],
  libavfilter12: ['ocl-icd-libopencl1', 'libass9'],
};
const repository = {
  has: (name: string) => name in DEPENDS,
  dependsOf: (name: string) => DEPENDS[name] ?? [],
};
const packagesOf = (sonames: string[], owner: string) =>
  packagesFor(
    sonames.map((soname) => [soname, owner] as const),
    repository,
    new Set(['libc6']),
  );

test('the package of a library is told by its name', () => {
  const sonames = ['libssl.so.3', 'libcrypto.so.3', 'libxml2.so.16', 'libstdc++.so.6', 'libz.so.1'];
  expect(packagesOf(sonames, 'asterisk')).toEqual(['libssl3t64', 'libxml2-16', 'libstdc++6', 'zlib1g']);
});

test('a library under another name is looked for in what its user depends on', () => {
  expect(packagesOf(['libplc4.so'], 'libnss3')).toEqual(['libnspr4', 'libsqlite3-0']);
  expect(packagesOf(['libOpenCL.so.1'], 'libavfilter12')).toEqual(['ocl-icd-libopencl1']);
});

test('a library that nothing can bring is not looked for any further', () => {
  expect(packagesOf(['libabsent.so.1'], 'libabsent')).toEqual([]);
});

test('what a program needs is read from the program itself', () => {
  const needs = readElfNeeds('/bin/sh');
  expect(needs?.needed).toContain('libc.so.6');
  expect(needs?.interpreter).toMatch(/^\/lib.*\/ld-linux/);
  expect(readElfNeeds(import.meta.filename)).toBeUndefined();
});
