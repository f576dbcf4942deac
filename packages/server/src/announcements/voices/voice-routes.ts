import { VOICE_IDS, voiceName } from '@madoguchi/flow';
import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { UsualVoiceChoiceSchema, type VoiceList, VoiceListSchema } from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { VOICE_CREDITS } from '../../speech/index.ts';
import type { AnnouncementParts } from '../routes.ts';
import { chooseUsualVoice, usualVoice } from './usual-voice.ts';

/** The voices that a flow may be spoken in, with the credit that each one's licence asks for, and which of them is the usual one いつもの声. */
export function voiceRoutes({ db, guard, clock }: AnnouncementParts): Routes {
  return (server) => {
    server.get(
      '/api/voices',
      { schema: { response: { 200: VoiceListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await listVoices(db);
      },
    );
    server.put(
      '/api/voices/usual',
      {
        schema: { body: UsualVoiceChoiceSchema, response: { 200: VoiceListSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'publishFlows');
        const { voice } = request.body;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await chooseUsualVoice(trx, { voice, personId: userId, at: new Date(now) });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'usualVoiceChosen',
            subject: voice,
            address: request.ip,
          });
        });
        return await listVoices(db);
      },
    );
  };
}

async function listVoices(db: Database): Promise<VoiceList> {
  return {
    voices: VOICE_IDS.map((id) => ({ id, name: voiceName(id), credit: VOICE_CREDITS[id] })),
    usual: await usualVoice(db),
  };
}
