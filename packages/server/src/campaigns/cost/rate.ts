import { z } from 'zod';
import { type RateDestination, RateDestinationSchema, RoundingSchema } from '../words.ts';

/** 料金 of a destination from a day on. Money is in sen, 1/100 yen, so that no sum is off by a fraction. */
export const RateSchema = z.strictObject({
  destination: RateDestinationSchema,
  /** The first Japanese day; it holds until the next row of the destination. */
  validFrom: z.iso.date(),
  /** Each begun unit of an answered call is charged: 180, 60, 1. */
  unitSeconds: z.int().min(1).max(3600),
  /** Without tax. */
  unitSen: z.int().min(0).max(1_000_000),
  /** Of each answered call, without tax; of `sms`: of each part where the gateway names no price. */
  feeSen: z.int().min(0).max(1_000_000),
  taxPercent: z.number().min(0).max(50).multipleOf(0.01),
  rounding: RoundingSchema,
});
export type Rate = z.infer<typeof RateSchema>;

/** No rate is known for a destination on that day: what costs nobody knows is not dialled. */
export class RateMissingError extends Error {
  readonly code = 'rateMissing';
  readonly destination: RateDestination;
  constructor(destination: RateDestination) {
    super(`no rate for ${destination}`);
    this.destination = destination;
  }
}

/** The rate of a destination on a Japanese day. @throws RateMissingError */
export function rateOn(rates: readonly Rate[], destination: RateDestination, day: string): Rate {
  let found: Rate | null = null;
  for (const rate of rates) {
    if (rate.destination !== destination || rate.validFrom > day) continue;
    if (found === null || rate.validFrom > found.validFrom) found = rate;
  }
  if (found === null) throw new RateMissingError(destination);
  return found;
}
