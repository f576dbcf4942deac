/** A campaign that could begin `count` calls now (`howMany`). */
export type Wish = {
  readonly campaignId: string;
  readonly count: number;
  readonly linesLeftFree: number;
};

/**
 * In which order campaigns that share a trunk begin calls: one each in turn, from the one after who had the last turn, until no line is
 * left that they may take. So no campaign waits for the end of a longer one, and none that wants little waits at all.
 * @param lastTurn campaign that began the last call of all, null at first
 * @returns one campaign id for each call to begin
 */
export function takeTurns(
  wishes: readonly Wish[],
  linesFree: number,
  lastTurn: string | null,
): readonly string[] {
  const sorted = wishes.toSorted((one, other) => (one.campaignId < other.campaignId ? -1 : 1));
  const after = lastTurn === null ? 0 : sorted.findIndex(({ campaignId }) => campaignId > lastTurn);
  const start = Math.max(after, 0);
  const round = [...sorted.slice(start), ...sorted.slice(0, start)];
  const turns: string[] = [];
  for (let lap = 0; ; lap++) {
    const before = turns.length;
    for (const { campaignId, count, linesLeftFree } of round) {
      if (lap < count && linesFree - turns.length > linesLeftFree) turns.push(campaignId);
    }
    if (turns.length === before) return turns;
  }
}
