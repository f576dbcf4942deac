import { z } from 'zod';
import { writeAuditOnce } from '../../accounts/index.ts';
import {
  CampaignDoneSchema,
  RecipientListQuerySchema,
  RecipientListSchema,
  RecipientPreviewSchema,
  RecipientRemovalSchema,
  RecipientSampleQuerySchema,
  RecipientSampleSchema,
  RecipientStorySchema,
} from '../../http/campaign-contract.ts';
import type { Routes } from '../../http/index.ts';
import type { Deed } from './deed.ts';
import { readPreview, readStory } from './recipient-story.ts';
import { listRecipients, removeRecipient, sampleRecipients } from './recipients.ts';
import { CampaignAddressSchema, type CampaignRouteParts, type DeedOf, reply } from './route-parts.ts';

const RecipientAddressSchema = CampaignAddressSchema.extend({
  recipientId: z.coerce.number().int().positive(),
});
/** Looking at the same person again meanwhile is one look. */
const ONE_LOOK_MS = 10 * 60_000;

/** The people of a campaign 配信先: looked up, previewed, taken off. */
export function recipientRoutes({
  db,
  guard,
  deedOf,
}: CampaignRouteParts & { readonly deedOf: DeedOf }): Routes {
  return (server) => {
    server.get(
      '/api/campaigns/:campaignId/recipients',
      {
        schema: {
          params: CampaignAddressSchema,
          querystring: RecipientListQuerySchema,
          response: reply(RecipientListSchema),
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await listRecipients(db, request.params.campaignId, request.query);
      },
    );
    server.get(
      '/api/campaigns/:campaignId/recipients/sample',
      {
        schema: {
          params: CampaignAddressSchema,
          querystring: RecipientSampleQuerySchema,
          response: reply(RecipientSampleSchema),
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const { campaignId } = request.params;
        return { recipients: await sampleRecipients(db, campaignId, request.query.count) };
      },
    );
    server.get(
      '/api/campaigns/:campaignId/recipients/:recipientId',
      { schema: { params: RecipientAddressSchema, response: reply(RecipientStorySchema) } },
      async (request) => {
        await auditLook(await deedOf(request, 'viewCampaigns'), request.params);
        const { campaignId, recipientId } = request.params;
        return await readStory(db, campaignId, recipientId);
      },
    );
    server.get(
      '/api/campaigns/:campaignId/recipients/:recipientId/preview',
      { schema: { params: RecipientAddressSchema, response: reply(RecipientPreviewSchema) } },
      async (request) => {
        await auditLook(await deedOf(request, 'viewCampaigns'), request.params);
        return await readPreview(db, request.params.campaignId, request.params.recipientId);
      },
    );
    server.post(
      '/api/campaigns/:campaignId/recipients/:recipientId/removal',
      {
        schema: {
          params: RecipientAddressSchema,
          body: RecipientRemovalSchema,
          response: reply(CampaignDoneSchema),
        },
      },
      async (request) => {
        const deed = await deedOf(request, 'runCampaigns');
        await removeRecipient(db, request.params, request.body.reason, deed);
        return { done: true as const };
      },
    );
  };

  async function auditLook(
    { personId, atMs, address }: Deed,
    { campaignId, recipientId }: z.infer<typeof RecipientAddressSchema>,
  ): Promise<void> {
    const looked = { at: atMs, userId: personId, action: 'campaignRecipientViewed', address } as const;
    await writeAuditOnce(db, { ...looked, subject: `${campaignId}/${recipientId}` }, ONE_LOOK_MS);
  }
}
