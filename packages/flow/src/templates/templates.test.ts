import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bundleOfFlows } from '../bundle-of-flows.ts';
import { check } from '../check/check.ts';
import type { DraftNode } from '../draft.ts';
import { advance, begin } from '../interpreter.ts';
import { makeRunnable } from '../make-runnable.ts';
import type { RunnableFlow } from '../runnable.ts';
import { arbitraryHappening, type Happening, silence } from '../testing/arbitrary-events.ts';
import { context } from '../testing/test-call.ts';
import { exampleParameters, type FlowTemplate } from './flow-template.ts';
import { flowTemplates } from './registry.ts';

const surroundings = {
  ownNumbers: ['0725001001'],
  calendarIds: ['city'],
  listIds: [],
  audioIds: [],
  ownHosts: ['example.jp'],
};
const groups = ['kokuho-eligibility', 'kokuho-levy', 'kokuho-health'];
const JAPANESE = /[ぁ-んァ-ヶ\p{Script=Han}]/u;
const runs = { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 500 : 40 };

const example = (template: FlowTemplate) =>
  bundleOfFlows('template', template.make({ ...exampleParameters(template), calendarId: 'city' }));
const nodesOf = (template: FlowTemplate): readonly DraftNode[] =>
  Object.values(example(template).flows).flatMap((flow) => Object.values(flow.nodes));
const textsOf = (template: FlowTemplate): readonly string[] =>
  nodesOf(template)
    .filter(({ kind }) => kind === 'sms')
    .map((node) => String(node['text']));

function runnable(template: FlowTemplate): RunnableFlow {
  const making = makeRunnable(example(template), surroundings);
  if (making.ok) return making.flow;
  throw new Error(making.problems.map(({ nodeId, code }) => `${nodeId}: ${code}`).join(', '));
}

test('the three groups of the specification, four situations, the calls to those who pay and their call-backs are offered', () => {
  expect(flowTemplates.map(({ name }) => name)).toEqual([
    '国民健康保険 資格・給付',
    '国民健康保険 賦課・徴収',
    '国民健康保険 保健総務',
    '納付相談',
    '閉庁時',
    '休日窓口',
    '大雨・停電時',
    '納期限のお知らせ（後期高齢者医療保険料）',
    '納期限のお知らせ（介護保険料）',
    '納付催告（後期高齢者医療保険料）',
    '納付催告（介護保険料）',
    '折り返しの案内',
    '折り返しを職員へ',
    '折り返しの総合案内',
  ]);
  expect(new Set(flowTemplates.map(({ templateId }) => templateId)).size).toBe(flowTemplates.length);
});

describe.each(flowTemplates.map((template) => [template.name, template] as const))(
  '%s',
  (_name, template) => {
    test('IZ-1.3: can be published as it is, without a warning', () => {
      expect(check(example(template), surroundings)).toEqual([]);
      expect(makeRunnable(example(template), surroundings).ok).toBe(true);
    });

    test('has fifteen nodes or more, each with a name of its own', () => {
      expect(nodesOf(template).length).toBeGreaterThanOrEqual(15);
      const titles = nodesOf(template).map(({ title }) => title);
      expect(titles.filter((title) => !JAPANESE.test(title))).toEqual([]);
      expect(new Set(titles).size).toBe(titles.length);
    });

    test('tells a clerk in two lines what it is for, what it takes for granted and what is to be filled in', () => {
      expect(template.description.split('\n')).toHaveLength(2);
      expect(template.assumptions.length).toBeGreaterThan(0);
      for (const field of Object.values(template.parameters.shape)) {
        const { title, description } = z.globalRegistry.get(field) ?? {};
        expect([title, description]).toEqual([
          expect.stringMatching(JAPANESE),
          expect.stringMatching(JAPANESE),
        ]);
      }
      expect(Object.keys(exampleParameters(template))).toEqual(Object.keys(template.parameters.shape));
    });

    test('left blank, it names what is missing in its words, and the checker names nothing but numbers and calendars', () => {
      const blank = Object.fromEntries(
        Object.keys(template.parameters.shape).map((name) => [name, undefined]),
      );
      const bundle = bundleOfFlows('template', template.make(blank));
      expect(JSON.stringify(bundle)).toContain('【市の名前】');
      const codes = new Set(check(bundle, surroundings).map(({ code }) => code));
      codes.delete('notDialable');
      codes.delete('unknownCalendar');
      codes.delete('noOfficialNumber');
      expect([...codes]).toEqual([]);
    });

    test('every call that the flow itself ends, ends with thanks or an apology', () => {
      const flow = runnable(template);
      const happenings = fc.array(arbitraryHappening, { minLength: 1, maxLength: 60 });
      fc.assert(
        fc.property(happenings, (all) => {
          const { lastWords, failed } = callOf(flow, all);
          expect(failed).toBe(false);
          if (lastWords !== null) {
            expect(lastWords).toMatch(/(ありがとうございました|失礼いたします|失礼いたしました)。$/);
          }
        }),
        runs,
      );
    });
  },
);

/** A call in which all of this happens, and then nothing any more until it is over. Last words: null where the caller hung up. */
function callOf(flow: RunnableFlow, all: readonly Happening[]) {
  const answered: Happening = (_state, at) => ({ seq: at + 1, atMs: 500, event: { type: 'answered' } });
  let state = begin(flow, context).state;
  let heard = '';
  let lastWords: string | null = null;
  for (const happening of [answered, ...all, ...Array.from({ length: 200 }, () => silence)]) {
    const step = advance(flow, state, happening(state, state.lastSeq));
    state = step.state;
    for (const action of step.actions) {
      if (action.type === 'announce') {
        heard = action.parts.map((part) => (part.type === 'audio' ? '' : part.text)).join('');
      }
      const isEnd = step.taken.some(({ branch }) => branch === 'end');
      if (action.type === 'hangUp' && isEnd) lastWords = heard;
    }
  }
  expect(state.ended).not.toBeNull();
  return { lastWords, failed: state.failed };
}

test.each(
  flowTemplates.filter(({ templateId }) => groups.includes(templateId)).map((each) => [each.name, each]),
)('IZ-2.3-イオ: every SMS of %s has 400 to 660 characters', (_name, template) => {
  expect(textsOf(template).length).toBeGreaterThanOrEqual(4);
  for (const text of textsOf(template)) {
    expect(text.length).toBeGreaterThanOrEqual(400);
    expect(text.length).toBeLessThanOrEqual(650);
  }
});
