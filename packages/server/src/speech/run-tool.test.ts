import { expect, test } from 'vitest';
import { runTool, runToolOrThrow } from './run-tool.ts';
import { createWorkPool } from './work-pool.ts';

const node = (script: string) => [process.execPath, ['-e', script]] as const;

test('gives the input, returns the output and the exit code', async () => {
  const [command, args] = node(
    'process.stdin.pipe(process.stdout); process.stdin.on("end", () => (process.exitCode = 3))',
  );
  const result = await runTool(command, args, { input: '音', timeoutMs: 20_000 });
  expect([result.exitCode, result.stdout.toString('utf8')]).toEqual([3, '音']);
});

test('a tool that writes without end is stopped', async () => {
  const [command, args] = node(
    'const b = Buffer.alloc(65536); const w = () => process.stdout.write(b, w); w()',
  );
  const run = runTool(command, args, { timeoutMs: 20_000, maxOutputBytes: 100_000 });
  await expect(run).rejects.toMatchObject({ code: 'toolFailed' });
});

test('a tool that fails is told without its input', async () => {
  const [command, args] = node('process.exit(1)');
  await expect(runToolOrThrow(command, args, { input: '秘密の名前', timeoutMs: 20_000 })).rejects.toSatisfy(
    (error) => error instanceof Error && !`${error.message}${String(error.cause)}`.includes('秘密'),
  );
});

test('no more than the pool allows runs at once, in order of asking', async () => {
  const pool = createWorkPool(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3, 4, 5].map((number) =>
      pool.run(async () => {
        order.push(number);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }),
    ),
  );
  expect([most, order]).toEqual([2, [1, 2, 3, 4, 5]]);
});

test('a failure frees its place', async () => {
  const pool = createWorkPool(1);
  await expect(pool.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await pool.run(async () => 'next')).toBe('next');
});
