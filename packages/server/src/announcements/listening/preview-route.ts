import type { FastifyReply } from 'fastify';
import { PreviewOrderSchema } from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { checkedReading, storedReadings } from '../readings/readings.ts';
import type { AnnouncementParts } from '../routes.ts';
import { usualVoice } from '../voices/usual-voice.ts';
import { asRefusal } from './as-refusal.ts';
import { contentHash, markHeard } from './heard.ts';
import { heardParts } from './heard-parts.ts';

/** Listening at once, through the telephone's band. Whoever goes away meanwhile takes the order back. */
export function previewRoute({ db, guard, clock, listening, log }: AnnouncementParts): Routes {
  return (server) => {
    server.post(
      '/api/speech/preview',
      { schema: { body: PreviewOrderSchema, response: { '4xx': ErrorReplySchema } } },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'viewFlows');
        const { trialReading, ...heard } = request.body;
        const readings = await storedReadings(db);
        const voice = heard.voice ?? (await usualVoice(db));
        const wav = await listening
          .hear({
            personId: userId,
            parts: heardParts(heard, clock.now()),
            speed: heard.speed,
            voice,
            readings,
            trial: trialReading === undefined ? null : checkedReading(trialReading),
            signal: closed(reply),
          })
          .catch((error: unknown) => {
            throw asRefusal(error, log);
          });
        if (trialReading === undefined) {
          const hash = contentHash(heard.content, { voice, readings });
          await markHeard(db, { personId: userId, hash, at: new Date(clock.now()) });
        }
        return sendSound(reply, wav);
      },
    );
  };
}

function sendSound(reply: FastifyReply, wav: Buffer): FastifyReply {
  return reply.type('audio/wav').send(wav);
}

/** Aborted once nobody waits for the answer any more. */
function closed(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
