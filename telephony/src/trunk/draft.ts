import { z } from 'zod';
import { type Trunk, type TrunkAccount, TrunkSchema } from './trunk.ts';

const TextSchema = z.string().max(300);
/** Null: what was typed is no number. */
const NumberSchema = z.number().nullable();
const { shape } = TrunkSchema;

/**
 * A trunk as somebody fills it in: it may be wrong in every field that is typed. Only TrunkSchema makes a Trunk of it. Its id is not
 * typed, and a password travels in one direction only: null stands for the one that is kept.
 */
export const TrunkDraftSchema = z.object({
  name: TextSchema,
  profile: TextSchema,
  host: TextSchema,
  port: NumberSchema,
  transport: shape.transport,
  srtp: shape.srtp,
  match: z.array(TextSchema).max(100),
  accounts: z
    .array(z.object({ number: TextSchema, user: TextSchema, password: TextSchema.nullable() }))
    .max(200),
  numberFormat: shape.numberFormat,
  codecs: z.array(shape.codecs.element).max(2),
  dtmf: shape.dtmf,
  reliableProvisional: shape.reliableProvisional,
  sessionTimer: z.object({
    mode: shape.sessionTimer.shape.mode,
    expiresS: NumberSchema,
    minS: NumberSchema,
  }),
  nat: z
    .object({
      publicAddress: TextSchema,
      localPort: NumberSchema,
      localNetworks: z.array(TextSchema).max(50),
    })
    .nullable(),
  calledNumberSources: z.array(shape.calledNumberSources.element).max(5),
  presentedNumber: TextSchema,
  dialsTollFree: shape.dialsTollFree,
  lines: z.object({
    total: NumberSchema,
    received: NumberSchema,
    transferred: NumberSchema,
    placed: NumberSchema,
    whenFull: z.discriminatedUnion('type', [
      z.object({ type: z.literal('busy') }),
      z.object({ type: z.literal('announcement'), lines: NumberSchema }),
    ]),
  }),
  rtpTimeoutS: NumberSchema,
  checkEveryS: NumberSchema,
});
export type TrunkDraft = z.infer<typeof TrunkDraftSchema>;

/** What may be shown of a trunk: everything but its passwords. */
export function draftOf({ id: _, accounts, ...settings }: Trunk): TrunkDraft {
  return { ...settings, accounts: accounts.map(({ number, user }) => ({ number, user, password: null })) };
}

/** The account whose password an entry without one means: that of the same number, else of the same user. */
export function keptAccount(
  entry: TrunkDraft['accounts'][number],
  kept: readonly TrunkAccount[],
): TrunkAccount | null {
  return (
    kept.find(({ number }) => number === entry.number) ?? kept.find(({ user }) => user === entry.user) ?? null
  );
}
