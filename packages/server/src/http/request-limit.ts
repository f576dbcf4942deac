/** How often something may be asked for: counted for each key from its first request on, then anew. Held in memory; a restart forgets it. */
export type RequestLimit = {
  /** Counts a request. @param now ms. @returns null: it may go on; else the seconds to wait. */
  take(key: string, now: number): number | null;
};

/** Keys whose time has passed are forgotten once there are more than these. */
const HELD = 1_000;

export function createRequestLimit({
  most,
  withinMs,
}: {
  readonly most: number;
  readonly withinMs: number;
}): RequestLimit {
  const counts = new Map<string, { readonly since: number; count: number }>();
  const isOver = (since: number, now: number) => now >= since + withinMs;
  return {
    take(key, now) {
      if (counts.size > HELD)
        for (const [each, { since }] of counts) if (isOver(since, now)) counts.delete(each);
      const held = counts.get(key);
      if (held === undefined || isOver(held.since, now)) {
        counts.set(key, { since: now, count: 1 });
        return null;
      }
      if (held.count >= most) return Math.ceil((held.since + withinMs - now) / 1_000);
      held.count += 1;
      return null;
    },
  };
}
