import { z } from 'zod';
import { HttpsSettingsSchema } from './https/settings.ts';
import { PriceBandsSchema } from './price.ts';
import { SmppSettingsSchema } from './smpp/settings.ts';

/** The name in the records of a gateway that the operator did not name, the only one of its file. */
export const onlyGatewayName = 'main';

const common = {
  /** Kept with every text; receipts are looked up by it, so that it stays while the contract lasts. */
  name: z.string().regex(/^[a-z0-9-]{1,30}$/),
  price: PriceBandsSchema.default([]),
};

/** One contract with a gateway. */
export const SmsGatewaySettingsSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('smpp'), smpp: SmppSettingsSchema }),
  z.object({ ...common, kind: z.literal('https'), https: HttpsSettingsSchema }),
]);
export type SmsGatewaySettings = z.infer<typeof SmsGatewaySettingsSchema>;

/** All contracts, the preferred one first. */
export const SmsGatewayListSchema = z
  .array(SmsGatewaySettingsSchema)
  .min(1)
  .refine((gateways) => new Set(gateways.map(({ name }) => name)).size === gateways.length);
