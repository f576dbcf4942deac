import fc from 'fast-check';
import { graphOf } from '../check/graph.ts';
import type { BundleDraft } from '../draft.ts';
import { makeRunnable } from '../make-runnable.ts';
import { nodeKind } from '../nodes/registry.ts';
import type { RunnableFlow } from '../runnable.ts';
import { bundleOf, say, surroundings } from './test-bundle.ts';

const text = fc.constantFrom(
  '案内です。',
  '{{callerNumber}}から。',
  '{{today}}{{now}}',
  '{{番号}}です。',
  '{{v|digits}}',
);
const prompt = fc.oneof(
  { weight: 4, arbitrary: text.map(say) },
  { weight: 1, arbitrary: fc.constant({ type: 'audio', audioId: 'melody' }) },
);
const notice = fc.constant(say('録音します。'));
const retry = fc.record({ retries: fc.integer({ min: 0, max: 2 }), prompt: fc.option(prompt) });
const SPOKEN = [['はい'], ['いいえ', '違う'], []];
const interruptible = fc.boolean();

const announcement = fc.record({
  kind: fc.constant('announcement'),
  prompt,
  interruptible,
});
const tellsRecording = notice.map((told) => ({
  kind: 'announcement',
  prompt: told,
  interruptible: false,
  givesRecordingNotice: true,
}));
const menu = fc.record({
  kind: fc.constant('menu'),
  prompt,
  interruptible,
  choices: fc
    .uniqueArray(fc.constantFrom('1', '2', '3', '9', '*'), { minLength: 1, maxLength: 4 })
    .map((keys) => keys.map((each, index) => ({ key: each, words: SPOKEN[index] ?? [] }))),
  repeatKey: fc.constantFrom(null, '0', '#'),
  slowerKey: fc.constantFrom(null, '8'),
  wrongKey: retry,
  noKey: retry,
});
const digits = fc.record({
  kind: fc.constant('digits'),
  prompt,
  interruptible,
  variable: fc.constantFrom('番号', 'v'),
  readAs: fc.constantFrom('digits', 'telephone', 'amount'),
  minLengthDigits: fc.integer({ min: 1, max: 3 }),
  maxLengthDigits: fc.integer({ min: 3, max: 11 }),
  endKey: fc.constantFrom('#', '*', null),
  readBack: fc.option(
    fc.record({ prompt, confirmKey: fc.constant('1'), retryKey: fc.constantFrom('2', '#') }),
  ),
  wrong: retry,
  none: retry,
});
const identityCheck = fc.record({
  kind: fc.constant('identityCheck'),
  format: fc.constantFrom('monthDay', 'birthDate'),
  prompt,
  interruptible,
  tries: fc.integer({ min: 1, max: 3 }),
  wrong: fc.option(prompt),
  noneRetries: fc.integer({ min: 0, max: 2 }),
});
const recordResult = fc.record({
  kind: fc.constant('recordResult'),
  result: fc.constantFrom('promised', 'paid', 'notIdentified'),
  promised: fc.constantFrom(
    null,
    { type: 'endOfMonth' },
    { type: 'withinDays', days: 7 },
    { type: 'variable', name: 'v' },
  ),
});
const openingHours = fc.constant({ kind: 'openingHours', calendarId: 'city' });
const when = fc.oneof(
  fc.constant({ type: 'list', listId: 'vip' }),
  fc.constantFrom('mobile', 'landline', 'withheld').map((kind) => ({ type: 'kind', kinds: [kind] })),
);
const callerCondition = fc.array(when, { minLength: 1, maxLength: 3 }).map((whens) => ({
  kind: 'callerCondition',
  cases: whens.map((each, index) => ({ id: `c${index}`, when: each })),
}));
const condition = fc.oneof(
  fc.constant({ op: 'empty' }),
  fc.constantFrom('less', 'greater', 'equals', 'startsWith').map((op) => ({ op, value: '5' })),
  fc.constant({ op: 'in', values: ['1', '22'] }),
);
const variableCondition = fc.record({
  kind: fc.constant('variableCondition'),
  variable: fc.constantFrom('callerNumber', '番号', 'v'),
  cases: fc
    .array(condition, { minLength: 1, maxLength: 2 })
    .map((tests) => tests.map((test, index) => ({ id: `c${index}`, test }))),
});
const numberEntry = {
  interruptible,
  variable: fc.constantFrom('番号', 'v'),
  readBack: fc.option(prompt),
  tries: fc.integer({ min: 1, max: 3 }),
  none: fc.option(prompt),
  noneRetries: fc.integer({ min: 0, max: 2 }),
};
const askMobileNumber = fc.record({
  kind: fc.constant('askMobileNumber'),
  prompt,
  skipWhenMobile: fc.boolean(),
  notMobile: fc.option(prompt),
  ...numberEntry,
});
const callBackRequest = fc.record({
  kind: fc.constant('callBackRequest'),
  prompt,
  offer: fc.option(prompt),
  askWithheld: fc.boolean(),
  times: fc.constantFrom(
    [],
    [{ key: '1', label: '午前中' }],
    [
      { key: '2', label: '午前中' },
      { key: '9', label: '午後' },
    ],
  ),
  accepted: prompt,
  ...numberEntry,
});
const question = fc.record({
  prompt,
  choices: fc
    .uniqueArray(fc.constantFrom('1', '2', '9'), { minLength: 1, maxLength: 3 })
    .map((keys) => keys.map((key) => ({ key, label: `答え${key}` }))),
});
const questionnaire = fc.record({
  kind: fc.constant('questionnaire'),
  introduction: fc.option(prompt),
  interruptible,
  questions: fc
    .array(question, { minLength: 1, maxLength: 3 })
    .map((questions) => questions.map((each, index) => ({ id: `q${index}`, ...each }))),
  repeatKey: fc.constantFrom('#', '0', null),
  thanks: fc.option(prompt),
});
const sms = fc.record({
  kind: fc.constant('sms'),
  to: fc.oneof(fc.constant({ type: 'caller' }), fc.constant({ type: 'variable', name: '番号' })),
  text,
});
const toOneTelephone = fc.record({
  kind: fc.constant('transfer'),
  to: fc.constant('0725002001'),
  record: fc.boolean(),
  announcement: fc.option(notice),
  givesRecordingNotice: fc.boolean(),
});
const target = fc.record({
  to: fc.constantFrom('0725-00-2001', '0725-00-2002', '0725-00-2003'),
  ringTimeoutMs: fc.constantFrom(5_000, 30_000),
});
const waiting = fc.record({
  prompt,
  everyMs: fc.constantFrom(10_000, 25_000),
  limitMs: fc.constantFrom(20_000, 180_000),
  leaveKey: fc.constantFrom(null, '9'),
});
const toSeveralTelephones = fc.record({
  kind: fc.constant('transfer'),
  targets: fc.uniqueArray(target, { minLength: 1, maxLength: 3, selector: ({ to }) => to }),
  ringing: fc.constantFrom('inOrder', 'all'),
  record: fc.boolean(),
  announcement: fc.option(notice),
  givesRecordingNotice: fc.boolean(),
  whisper: fc.option(prompt, { freq: 2 }),
  waiting: fc.option(waiting, { freq: 4 }),
});
const acceptedByKey = fc
  .tuple(toSeveralTelephones, prompt)
  .map(([settings, whisper]) => ({ ...settings, whisper, acceptKey: '1' }));
const transfer = fc.oneof(toOneTelephone, toSeveralTelephones, acceptedByKey);
const voicemail = fc.record({ kind: fc.constant('voicemail'), notice: fc.option(notice, { freq: 4 }) });
const setVariable = fc.record({
  kind: fc.constant('setVariable'),
  variable: fc.constantFrom('v', '番号'),
  value: fc.constantFrom('', '7', '{{callerNumber}}', '{{v}}{{v}}x'),
});
const goToFlow = fc.constant({ kind: 'goToFlow', flowId: 'other' });
const end = fc.record({ kind: fc.constant('end'), farewell: fc.option(prompt) });

const settings = fc.oneof(
  announcement,
  tellsRecording,
  { weight: 3, arbitrary: menu },
  { weight: 2, arbitrary: digits },
  { weight: 2, arbitrary: identityCheck },
  recordResult,
  openingHours,
  callerCondition,
  variableCondition,
  askMobileNumber,
  callBackRequest,
  questionnaire,
  sms,
  transfer,
  voicemail,
  setVariable,
  goToFlow,
  end,
);

/** Nodes with each branch led to some node: mostly forwards, so that few of the flows are refused for turning round. */
const nodes = fc
  .tuple(
    fc.array(settings, { minLength: 1, maxLength: 9 }),
    fc.array(fc.nat(99), { minLength: 80, maxLength: 80 }),
  )
  .map(([all, choices]) => {
    let used = 0;
    const last = all.length;
    const linked = all.map((each, index) => {
      const binding = nodeKind(each.kind)?.bind(each);
      const branches = binding?.ok ? binding.node.branches : [];
      const isBackwards = binding?.ok === true && binding.node.waits;
      const next = branches.map(({ name }) => {
        const choice = choices[used++ % choices.length] ?? 0;
        const forwards = index + 1 + (choice % (last - index));
        return [name, `n${isBackwards && choice < 15 ? choice % (last + 1) : forwards}`];
      });
      return [`n${index}`, { ...each, next: Object.fromEntries(next) }] as const;
    });
    return Object.fromEntries([...linked, [`n${last}`, { kind: 'end' }] as const]);
  });

/** Sets every value first, so that few flows are refused for values that nothing sets. */
function withValuesSet(all: Readonly<Record<string, object>>): Record<string, object> {
  const set = (variable: string, next: string) => ({
    kind: 'setVariable',
    variable,
    value: '12',
    next: { next },
  });
  return { setFirst: set('番号', 'setSecond'), setSecond: set('v', 'n0'), ...all };
}

/** Bundles of two flows, without the nodes that no call comes to; right or wrong. */
export const arbitraryBundle: fc.Arbitrary<BundleDraft> = fc
  .tuple(nodes, nodes, fc.integer({ min: 0, max: 3 }))
  .map(([main, other, plain]) =>
    withoutUnreachable(bundleOf(plain === 0 ? main : withValuesSet(main), { other })),
  );

/** Flows that the checker accepts. */
export const arbitraryFlow: fc.Arbitrary<RunnableFlow> = arbitraryBundle
  .map((bundle) => makeRunnable(bundle, surroundings))
  .filter((making) => making.ok)
  .map((making) => making.flow);

function withoutUnreachable(bundle: BundleDraft): BundleDraft {
  const { reachable } = graphOf(bundle);
  const flows = Object.entries(bundle.flows).flatMap(([flowId, flow]) => {
    const kept = Object.entries(flow.nodes).filter(([nodeId]) => reachable.has(`${flowId}/${nodeId}`));
    return kept.length === 0 ? [] : [[flowId, { ...flow, nodes: Object.fromEntries(kept) }] as const];
  });
  return { ...bundle, flows: Object.fromEntries(flows) };
}
