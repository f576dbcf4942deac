import { VOICE_IDS, voiceName } from '@madoguchi/flow';
import { VoiceListSchema } from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { VOICE_CREDITS } from '../../speech/index.ts';
import type { AnnouncementParts } from '../routes.ts';

/** The voices that a flow may be spoken in, with the credit that each one's licence asks for. */
export function voiceRoute({ guard, usualVoice }: AnnouncementParts): Routes {
  return (server) => {
    server.get(
      '/api/voices',
      { schema: { response: { 200: VoiceListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const voices = VOICE_IDS.map((id) => ({ id, name: voiceName(id), credit: VOICE_CREDITS[id] }));
        return { voices, usual: usualVoice };
      },
    );
  };
}
