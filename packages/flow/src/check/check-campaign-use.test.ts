import { expect, test } from 'vitest';
import { BundleDraftSchema } from '../draft.ts';
import { dueDateTemplates } from '../templates/due-date-notice.ts';
import { exampleParameters } from '../templates/flow-template.ts';
import { overdueTemplates } from '../templates/overdue-reminder.ts';
import { bundleOf, say } from '../testing/test-bundle.ts';
import { type CampaignUse, checkCampaignUse } from './check-campaign-use.ts';

const end = (words: string) => ({ kind: 'end', farewell: say(words) });
const announcement = (words: string, next: string) => ({
  kind: 'announcement',
  prompt: say(words),
  next: { next },
});
const NODES = {
  greeting: announcement('こちらは、見本市です。', 'identity'),
  identity: { kind: 'identityCheck', next: { matched: 'matter', failed: 'bye', none: 'bye' } },
  matter: announcement('納める場所は、{{場所}}です。', 'bye'),
  bye: end('失礼いたします。'),
};
const USE: CampaignUse = { mergesHouseholds: false, kind: 'dueDateNotice' };

function found(changes: Readonly<Record<string, object>>, use: Partial<CampaignUse>) {
  const bundle = bundleOf({ ...NODES, ...changes });
  const recipientValues = [{ name: '場所', isPersonal: false }];
  const flow = { ...bundle.flows['main'], recipientValues };
  const scenario = BundleDraftSchema.parse({ ...bundle, flows: { main: flow } });
  return checkCampaignUse(scenario, { ...USE, ...use }).map(({ severity, code, nodeId }) =>
    [severity, code, nodeId].join(' '),
  );
}

test('where one call is for a household, no value is said before it is known who is on the line, and that is asked', () => {
  const early = { greeting: announcement('こちらは、見本市です。{{場所}}', 'identity') };
  expect(found({}, { mergesHouseholds: true })).toEqual([]);
  expect(found(early, {})).toEqual([]);
  expect(found(early, { mergesHouseholds: true })).toEqual(['error valueBeforeWho greeting']);
  const choosing = {
    greeting: {
      kind: 'variableCondition',
      variable: '場所',
      cases: [{ id: 'a', label: '本庁', test: { op: 'equals', value: '本庁' } }],
      next: { a: 'identity', else: 'identity' },
    },
  };
  expect(found(choosing, { mergesHouseholds: true })).toEqual(['error valueBeforeWho greeting']);
  const unasked = { greeting: announcement('こちらは、見本市です。', 'matter') };
  expect(found(unasked, { mergesHouseholds: true })).toEqual(['error householdWithoutCheck ']);
});

test('who wants no more calls about arrears comes to staff', () => {
  const wish = (next: string) => ({
    matter: { kind: 'recordResult', result: 'optedOut', next: { next } },
  });
  const callBack = {
    callBack: {
      kind: 'callBackRequest',
      next: { accepted: 'bye', wrong: 'bye', none: 'bye', withheld: 'bye' },
    },
  };
  const demand = { kind: 'paymentDemand' } as const;
  expect(found(wish('bye'), demand)).toEqual(['warning noMoreCallsWithoutStaff matter']);
  expect(found({ ...wish('callBack'), ...callBack }, demand)).toEqual([]);
  expect(found(wish('bye'), {})).toEqual([]);
});

test('the templates are fit for households, and those of reminders lead such a person to staff', () => {
  for (const template of [...dueDateTemplates, ...overdueTemplates]) {
    const kind = overdueTemplates.includes(template) ? 'paymentDemand' : 'dueDateNotice';
    const flows = template.make({ ...exampleParameters(template), calendarId: 'city' });
    const [entry] = flows;
    const bundle = BundleDraftSchema.parse({
      bundleId: 'template',
      entryFlowId: entry?.id,
      flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    });
    expect(checkCampaignUse(bundle, { mergesHouseholds: true, kind })).toEqual([]);
  }
});
