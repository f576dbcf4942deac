import { z } from 'zod';
import { showNumber } from '../../calls/reading/index.ts';
import {
  CampaignAddSchema,
  CampaignChangeSchema,
  CampaignChoicesSchema,
  CampaignCopySchema,
  CampaignDetailSchema,
  CampaignDoneSchema,
  CampaignListQuerySchema,
  CampaignListSchema,
  CampaignNoticeSchema,
  CampaignProgressSchema,
  CampaignSavedSchema,
  CampaignStateChangeSchema,
} from '../../http/campaign-contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { readBudgetStanding } from '../cost/budget-standing.ts';
import { readCampaignSettings } from '../settings.ts';
import { readChoices } from './choices.ts';
import { addCampaign, campaignGone, changeCampaign, copyCampaign, removeCampaign } from './drafts.ts';
import { noticeOf } from './notice.ts';
import { readProgress } from './progress.ts';
import { proposalRoutes } from './proposal-routes.ts';
import { listCampaigns, readCampaign } from './read-campaigns.ts';
import { recipientRoutes } from './recipient-routes.ts';
import {
  CampaignAddressSchema,
  type CampaignRouteParts,
  type DeedOf,
  problemsReply,
  reply,
  saving,
} from './route-parts.ts';
import { changeState } from './running.ts';

/** Campaigns 配信: planned, proposed and decided, started, paused and stopped, with their recipients. */
export function campaignRoutes(parts: CampaignRouteParts): Routes {
  const { db, guard, clock } = parts;
  const deedOf: DeedOf = async (request, right) => {
    const { userId } = await guard.allowed(request, right);
    return { personId: userId, atMs: clock.now(), address: request.ip };
  };
  return (server) => {
    proposalRoutes({ ...parts, deedOf })(server);
    recipientRoutes({ ...parts, deedOf })(server);
    server.get(
      '/api/campaigns',
      { schema: { querystring: CampaignListQuerySchema, response: reply(CampaignListSchema) } },
      async (request) => {
        const person = await guard.allowed(request, 'viewCampaigns');
        return {
          campaigns: await listCampaigns(db, request.query, person, clock.now()),
          budget: await readBudgetStanding(db, null, clock.now()),
        };
      },
    );
    server.get(
      '/api/campaigns/choices',
      { schema: { response: reply(CampaignChoicesSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readChoices(db);
      },
    );
    server.post(
      '/api/campaigns',
      { schema: { body: CampaignAddSchema, response: { 201: CampaignSavedSchema, ...saving } } },
      async (request, answer) => {
        const added = await addCampaign(db, request.body, await deedOf(request, 'editCampaigns'));
        if (!added.ok) return answer.status(422).send(problemsReply(added.problems));
        return answer.status(201).send(added.saved);
      },
    );
    server.post(
      '/api/campaigns/:campaignId/copies',
      {
        schema: {
          params: CampaignAddressSchema,
          body: CampaignCopySchema,
          response: { 201: CampaignSavedSchema, ...saving },
        },
      },
      async (request, answer) => {
        const deed = await deedOf(request, 'editCampaigns');
        const added = await copyCampaign(db, request.params.campaignId, request.body.name, deed);
        if (!added.ok) return answer.status(422).send(problemsReply(added.problems));
        return answer.status(201).send(added.saved);
      },
    );
    server.get(
      '/api/campaigns/:campaignId',
      { schema: { params: CampaignAddressSchema, response: reply(CampaignDetailSchema) } },
      async (request) => {
        const person = await guard.allowed(request, 'viewCampaigns');
        const campaign = await readCampaign(db, request.params.campaignId, person, clock.now());
        if (campaign === null) throw campaignGone();
        return campaign;
      },
    );
    server.put(
      '/api/campaigns/:campaignId',
      {
        schema: {
          params: CampaignAddressSchema,
          body: CampaignChangeSchema,
          response: { 200: CampaignSavedSchema, ...saving },
        },
      },
      async (request, answer) => {
        const deed = await deedOf(request, 'editCampaigns');
        const changed = await changeCampaign(db, request.params.campaignId, request.body, deed);
        if (!changed.ok) return answer.status(422).send(problemsReply(changed.problems));
        return answer.send(changed.saved);
      },
    );
    server.delete(
      '/api/campaigns/:campaignId',
      {
        schema: {
          params: CampaignAddressSchema,
          querystring: z.object({ version: z.coerce.number().int() }),
          response: reply(CampaignDoneSchema),
        },
      },
      async (request) => {
        const deed = await deedOf(request, 'editCampaigns');
        await removeCampaign(db, request.params.campaignId, request.query.version, deed);
        return { done: true as const };
      },
    );
    server.get(
      '/api/campaigns/:campaignId/progress',
      { schema: { params: CampaignAddressSchema, response: reply(CampaignProgressSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const progress = await readProgress(parts, request.params.campaignId, clock.now());
        if (progress === null) throw campaignGone();
        return progress;
      },
    );
    server.post(
      '/api/campaigns/:campaignId/state',
      {
        schema: {
          params: CampaignAddressSchema,
          body: CampaignStateChangeSchema,
          response: reply(CampaignSavedSchema),
        },
      },
      async (request) => {
        const deed = await deedOf(request, 'runCampaigns');
        return await changeState(db, request.params.campaignId, request.body, deed);
      },
    );
    server.get(
      '/api/campaigns/:campaignId/notice',
      { schema: { params: CampaignAddressSchema, response: reply(CampaignNoticeSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readNotice(request.params.campaignId);
      },
    );
  };

  async function readNotice(campaignId: string) {
    const row = await db
      .selectFrom('campaign as c')
      .leftJoin('phone_number as n', 'n.phone_number', 'c.phone_number')
      .select(['c.kind', 'c.settings', 'n.phone_number', 'n.name'])
      .where('c.campaign_id', '=', campaignId)
      .executeTakeFirst();
    if (row === undefined) throw campaignGone();
    const { channels, firstDay, lastDay, times } = readCampaignSettings(row.settings);
    if (row.phone_number === null || row.name === null || firstDay === null || lastDay === null)
      throw new Refusal(
        422,
        'notComplete',
        'お知らせを作るには、表示する電話番号と、開始日・終了日を決めてください。',
      );
    const { kind, phone_number, name } = row;
    const number = { numberShown: showNumber(phone_number), numberName: name };
    return noticeOf({ kind, channels, firstDay, lastDay, times, ...number });
  }
}
