import { z } from 'zod';

/** What one question to the other side of a trunk brought. Kept in the database, so it is read back through this schema. */
export const ProbeResultSchema = z.discriminatedUnion('type', [
  /** A final answer. `credentialsSent`: it judges the user and password, which were asked for before. */
  z.object({
    type: z.literal('answered'),
    status: z.int().min(200).max(699),
    reason: z.string(),
    credentialsSent: z.boolean(),
  }),
  z.object({ type: z.literal('noAnswer') }),
  /** By a TCP reset, or by ICMP 'port unreachable'. */
  z.object({ type: z.literal('refused') }),
  /** This machine has no way to that address. */
  z.object({ type: z.literal('unreachable') }),
  z.object({ type: z.literal('nameNotFound'), host: z.string() }),
  /** `reason` is OpenSSL's code ('CERT_HAS_EXPIRED'). */
  z.object({ type: z.literal('certificateNotTrusted'), reason: z.string() }),
  /** The connection was closed before an answer, or never spoke TLS. */
  z.object({ type: z.literal('connectionLost') }),
  /** What came back is no SIP. */
  z.object({ type: z.literal('unreadable') }),
  /** The other side asks for a way of proof that we do not know. */
  z.object({ type: z.literal('challengeNotSupported') }),
  /** Left out, since nothing answered there. */
  z.object({ type: z.literal('notTried') }),
]);
export type ProbeResult = z.infer<typeof ProbeResultSchema>;

export const TrunkProbeSchema = z.object({
  /** OPTIONS to the trunk. */
  trunk: ProbeResultSchema,
  /** A query of bindings for each account, in the trunk's order. */
  accounts: z.array(z.object({ number: z.string(), result: ProbeResultSchema })),
});
export type TrunkProbe = z.infer<typeof TrunkProbeSchema>;
