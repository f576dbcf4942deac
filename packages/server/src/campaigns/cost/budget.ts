import { z } from 'zod';

const YenSchema = z.int().min(0).max(1_000_000_000);

/** 予算 of each month, in yen with tax. */
export const BudgetSchema = z
  .strictObject({
    /** All that the city pays: fixed fees, received calls, transfers, campaigns. */
    monthlyYen: YenSchema,
    /** Of it: fees that do not depend on use. */
    fixedYen: YenSchema,
    /** Of it: set aside for transfers and texts of received calls. */
    receivedYen: YenSchema,
    /** From which part of what is left for campaigns on every screen warns. */
    warnPercent: z.int().min(1).max(100),
    /** The most that a department 部署 may use of what is left for campaigns; who is not named has no limit of its own. */
    shares: z
      .array(z.strictObject({ department: z.string().trim().min(1).max(50), yen: YenSchema }))
      .max(100)
      .refine((shares) => new Set(shares.map(({ department }) => department)).size === shares.length),
  })
  .refine(({ monthlyYen, fixedYen, receivedYen }) => fixedYen + receivedYen <= monthlyYen);
export type Budget = z.infer<typeof BudgetSchema>;

/** What campaigns may use of a month, in sen. */
export function campaignLimitSen({ monthlyYen, fixedYen, receivedYen }: Budget): number {
  return (monthlyYen - fixedYen - receivedYen) * 100;
}

/** What a department may use of a month, in sen; null: no limit of its own. */
export function shareSen({ shares }: Budget, department: string): number | null {
  const share = shares.find((each) => each.department === department);
  return share === undefined ? null : share.yen * 100;
}

export type BudgetLevel = 'within' | 'warning' | 'usedUp';

/** @param sen used and reserved; all three in sen */
export function levelOf(sen: number, limitSen: number, warnPercent: number): BudgetLevel {
  if (sen >= limitSen) return 'usedUp';
  return sen * 100 >= limitSen * warnPercent ? 'warning' : 'within';
}
