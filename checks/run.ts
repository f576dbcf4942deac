import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run check`: format, lint, types, dependency rules, size of the first load. Runs all of them, then says which failed. */
const root = join(import.meta.dirname, '..');
const node = process.execPath;
const module = (path: string) => join(root, 'node_modules', path);

const steps: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'format and lint', args: [module('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.'] },
  { name: 'types', args: [module('typescript7/bin/tsc'), '-p', '.'] },
  { name: 'types of the admin page', args: [module('typescript7/bin/tsc'), '-p', 'packages/web'] },
  {
    name: 'dependency rules',
    args: [
      module('dependency-cruiser/bin/dependency-cruise.mjs'),
      'packages',
      'telephony',
      'tests',
      'demo',
      'bench',
      'checks',
    ],
  },
  {
    name: 'build of the admin page',
    args: [module('vite/bin/vite.js'), 'build', 'packages/web', '--logLevel', 'warn'],
  },
  { name: 'size of the first load', args: [join(import.meta.dirname, 'first-load-size.ts')] },
];

const failed: string[] = [];
for (const step of steps) {
  const began = performance.now();
  const { status } = spawnSync(node, [...step.args], { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
  if (status !== 0) failed.push(step.name);
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exit(1);
}
