import { type VoiceId, VoiceIdSchema } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';

/** Of a house in which none was laid yet, and where one is stored that is no longer here. */
const FIRST: VoiceId = 'mei';

/** In which voice the house speaks where no flow says otherwise. */
export async function usualVoice(db: Database): Promise<VoiceId> {
  const row = await db.selectFrom('usual_voice').select('voice').executeTakeFirst();
  return VoiceIdSchema.catch(FIRST).parse(row?.voice);
}

/** When staff last chose the usual voice; null: nobody has. */
export async function usualVoiceChosenAt(db: Database): Promise<Date | null> {
  return (await db.selectFrom('usual_voice').select('chosen_at').executeTakeFirst())?.chosen_at ?? null;
}

/** At the start of a house: `voice` holds until staff choose one. */
export async function layUsualVoice(db: Database, voice: VoiceId): Promise<void> {
  await db
    .insertInto('usual_voice')
    .values({ voice, chosen_by: null, chosen_at: null })
    .onConflict((conflict) =>
      conflict.column('is_only').doUpdateSet({ voice }).where('usual_voice.chosen_by', 'is', null),
    )
    .execute();
}

/** Staff's choice. Call it in the transaction that audits it. */
export async function chooseUsualVoice(
  trx: Database,
  { voice, personId, at }: { readonly voice: VoiceId; readonly personId: string; readonly at: Date },
): Promise<void> {
  const choice = { voice, chosen_by: personId, chosen_at: at };
  await trx
    .insertInto('usual_voice')
    .values(choice)
    .onConflict((conflict) => conflict.column('is_only').doUpdateSet(choice))
    .execute();
}
