import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { makeRunnable } from '../make-runnable.ts';
import type { TemplateParameters } from './counter-flow.ts';
import { eligibilityTemplate } from './eligibility.ts';
import { healthTemplate } from './health.ts';
import { levyTemplate } from './levy.ts';

const parameters: TemplateParameters = {
  bundleId: 'template',
  cityName: '見本市',
  calendarId: 'city',
  staffNumber: '0725-00-2001',
};
const surroundings = { ownNumbers: ['0725001001'], calendarIds: ['city'], listIds: [], audioIds: [] };

test.each([
  ['資格・給付', eligibilityTemplate],
  ['賦課・徴収', levyTemplate],
  ['保健総務', healthTemplate],
])('IZ-1.3: the template %s can be published as it is, without a warning', (_name, template) => {
  const bundle = template(parameters);
  expect(check(bundle, surroundings)).toEqual([]);
  expect(makeRunnable(bundle, surroundings).ok).toBe(true);
});

test.each([
  ['資格・給付', eligibilityTemplate],
  ['賦課・徴収', levyTemplate],
  ['保健総務', healthTemplate],
])('IZ-2.3-イオ: every SMS of the template %s has 400 to 660 characters', (_name, template) => {
  const nodes = Object.values(template(parameters).flows).flatMap((flow) => Object.values(flow.nodes));
  const texts = nodes.filter((node) => node.kind === 'sms').map((node) => String(node['text']));
  expect(texts.length).toBeGreaterThanOrEqual(8);
  for (const text of texts) {
    expect(text.length).toBeGreaterThanOrEqual(400);
    expect(text.length).toBeLessThanOrEqual(650);
  }
});
