import { loadPublished } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { END, oneFlow } from '../../../../../tests/setup/test-flows.ts';
import { CampaignSettingsSchema } from '../settings.ts';
import { callOfRecipient } from './call-of-recipient.ts';

test('a call knows whether who decided allowed text messages to tell what is personal', () => {
  const keys = { personKey: Buffer.alloc(0), telephoneKey: Buffer.alloc(0) };
  const recipient = { recipientId: 1, telephone: '09000000321', birthDate: null, values: {}, ...keys };
  const placed = (smsMayTellPersonal: boolean) =>
    callOfRecipient(
      {
        campaignId: 'c',
        settings: CampaignSettingsSchema.parse({ smsMayTellPersonal }),
        bundleId: 'b',
        bundle: loadPublished(oneFlow('b', { end: END })),
        phoneNumber: '0725001001',
      },
      recipient,
      [recipient],
      'att-1',
      undefined,
    ).context.placed;
  expect(placed(true)).toMatchObject({ smsMayTellPersonal: true });
  expect(placed(false)).not.toHaveProperty('smsMayTellPersonal');
});
