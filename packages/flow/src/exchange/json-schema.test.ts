import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { exampleParameters } from '../templates/flow-template.ts';
import { flowTemplates } from '../templates/registry.ts';
import { arbitraryBundle } from '../testing/arbitrary-flow.ts';
import { exportFlows } from './export-flows.ts';
import { hasFieldLabel } from './field-labels.ts';
import type { FlowFile } from './flow-file.ts';
import { flowFileJsonSchema } from './json-schema.ts';

const schema = z.record(z.string(), z.json()).parse(flowFileJsonSchema());
const published = z.fromJSONSchema(schema);

function exported(flows: FlowFile['flows']) {
  const made = exportFlows({
    exportedAt: '2026-04-01T09:00:00+09:00',
    flows,
    announcements: [{ announcementId: 'hello', name: '挨拶', prompt: { type: 'text', text: 'はい。' } }],
    readings: [{ surface: '見本市', reading: 'ミホンシ' }],
  });
  if (!made.ok) throw new Error('the flows cannot be exported');
  return z.record(z.string(), z.json()).parse(JSON.parse(made.text));
}

/** After a change of the language: npm test -- packages/flow/src/exchange/json-schema.test.ts -u */
test('docs/flow-file.schema.json is the schema of the node kinds as they are (renew it with -u)', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../../../docs/flow-file.schema.json',
  );
});

test('the published schema accepts all that is exported', () => {
  for (const template of flowTemplates) {
    expect(published.safeParse(exported(template.make(exampleParameters(template)))).error).toBeUndefined();
  }
  fc.assert(
    fc.property(arbitraryBundle, ({ flows }) => {
      expect(published.safeParse(exported(Object.values(flows))).success).toBe(true);
    }),
    { numRuns: 60 },
  );
});

const [template] = flowTemplates;
const good = exported(template?.make(exampleParameters(template)) ?? []);

test.each<[string, RegExp, string]>([
  ['another format', /"format":"madoguchi-flow"/, '"format":"calendar"'],
  ['a newer format', /"formatVersion":1/, '"formatVersion":2'],
  ['a newer language', /"languageVersion":2,"id"/, '"languageVersion":3,"id"'],
  ['a kind of node that is unknown', /"kind":"openingHours"/, '"kind":"fax"'],
  ['a key that no telephone has', /"key":"1"/, '"key":"A"'],
  ['a time that is too short', /"timeoutMs":10000/, '"timeoutMs":1'],
  ['a prompt of no kind', /"prompt":\{"type":"text"/, '"prompt":{"type":"video"'],
  ['an id that is none', /"id":"kokuho-shikaku"/, '"id":"国保"'],
  ['no flows', /"flows":/, '"flow":'],
])('the published schema refuses %s', (_what, from, to) => {
  const text = JSON.stringify(good);
  expect(text).toMatch(from);
  expect(published.safeParse(JSON.parse(text)).success).toBe(true);
  expect(published.safeParse(JSON.parse(text.replace(from, to))).success).toBe(false);
});

test('every setting that a file can hold has a name in the words of staff', () => {
  expect([...settingsIn(schema)].filter((name) => !hasFieldLabel(name))).toEqual([]);
});

/** Names of all properties anywhere in a JSON Schema. */
function settingsIn(part: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const list = z.array(z.unknown()).safeParse(part);
  const object = z.record(z.string(), z.unknown()).safeParse(part);
  const parts = list.success ? list.data : object.success ? Object.values(object.data) : [];
  if (object.success) {
    const properties = z.record(z.string(), z.unknown()).safeParse(object.data['properties']);
    if (properties.success) for (const name of Object.keys(properties.data)) found.add(name);
  }
  for (const each of parts) for (const name of settingsIn(each)) found.add(name);
  return found;
}
