import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fold } from '../fold.ts';
import { loadPublished } from '../runnable.ts';
import { upcast } from '../upcast.ts';

/**
 * Logs as earlier releases wrote them, with what came of them then. A file is never changed once its release is out: where a test here
 * fails, the upcasters are wrong.
 */
const GoldenSchema = z.object({
  bundle: z.unknown(),
  events: z.array(z.unknown()),
  outcome: z.string(),
  actions: z.array(z.unknown()),
  taken: z.array(z.string()),
});

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('there is a log of every schema version', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.every((name) => /^v\d+-/.test(name))).toBe(true);
});

test.each(files)('the log %s is told as it was then', (name) => {
  const golden = GoldenSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const steps = fold(loadPublished(golden.bundle), golden.events.map(upcast));
  expect(steps.at(-1)?.state.ended).toBe(golden.outcome);
  expect(steps.flatMap((step) => step.actions)).toEqual(golden.actions);
  expect(steps.flatMap((step) => step.taken.map(({ nodeId, branch }) => `${nodeId}:${branch}`))).toEqual(
    golden.taken,
  );
});

test('an event of a newer release, or a damaged one, is refused without its content', () => {
  const stored = { schemaVersion: 1, seq: 3, atMs: 10, event: { type: 'keyPressed', key: '7' } };
  expect(upcast(stored)).toEqual({ seq: 3, atMs: 10, event: { type: 'keyPressed', key: '7' } });
  const unreadable = expect.objectContaining({ code: 'eventUnreadable' });
  expect(() => upcast({ ...stored, schemaVersion: 99 })).toThrow(unreadable);
  expect(() => upcast({ ...stored, event: { type: 'keyPressed', key: '77' } })).toThrow(unreadable);
  expect(() => upcast('77')).toThrow(unreadable);
});
