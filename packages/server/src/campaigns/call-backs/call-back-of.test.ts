import { loadPublished } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { END, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import type { DueRecipient } from '../dialling/due-recipients.ts';
import { CampaignSettingsSchema } from '../settings.ts';
import { callBackOf } from './call-back-of.ts';

const draft = oneFlow('scenario', { first: sayMarker(1, 'end'), end: END });
const main = draft.flows['main'];
const bundle = loadPublished({
  ...draft,
  flows: {
    main: {
      ...main,
      recipientValues: [
        { name: '金額', readAs: 'amount', isPersonal: true, example: '' },
        { name: '納期限', readAs: 'date', isPersonal: false, example: '' },
      ],
    },
  },
});
const settings = CampaignSettingsSchema.parse({});
const campaign = { campaignId: 'c', bundleId: 'scenario', bundle, settings };

function person(recipientId: number, due: string): DueRecipient {
  return {
    recipientId,
    telephone: '0725000101',
    birthDate: '1950-01-02',
    values: {
      金額: { text: '12000', readAs: 'amount' },
      納期限: { text: due, readAs: 'date' },
      宛名: { text: 'ミホン', readAs: 'text' },
    },
    personKey: Buffer.alloc(32),
    telephoneKey: Buffer.alloc(32),
  };
}

test('before the check a call-back knows nothing but what the scenario calls harmless and is the same for all who may be on the line', () => {
  const alone = callBackOf(campaign, [person(1, '2026-12-25')], 'call-1').placed;
  expect(alone).toMatchObject({ recipientId: 1, attemptId: 'call-1', isCallBack: true });
  expect(alone.values).toEqual({ 納期限: { text: '2026-12-25', readAs: 'date' } });
  const two = callBackOf(campaign, [person(1, '2026-12-25'), person(2, '2027-01-31')], 'call-1').placed;
  expect(two.values).toEqual({});
});
