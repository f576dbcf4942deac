import { expect, test } from 'vitest';
import { doubleCallsOf, mostAtOnce, rateFigures } from './dial-figures.ts';
import { citizenPlan } from './dial-plan.ts';

const evenly = (perSecond: number, fromMs: number, untilMs: number) =>
  Array.from(
    { length: ((untilMs - fromMs) * perSecond) / 1_000 },
    (_, nth) => fromMs + (nth * 1_000) / perSecond,
  );

test('a rate that is kept has no error; one that stood still for some seconds shows it, also where it was made up for', () => {
  const window = { fromMs: 5_000, untilMs: 35_000 };
  expect(rateFigures(evenly(5, 5_000, 45_000), window, 5)).toEqual({
    perSecond: 5,
    errorPercent: 0,
    worstStretchErrorPercent: 0,
  });
  const late = [...evenly(5, 5_000, 15_000), ...evenly(10, 20_000, 25_000), ...evenly(5, 25_000, 35_000)];
  expect(rateFigures(late, window, 5)).toMatchObject({ errorPercent: 0, worstStretchErrorPercent: 0 });
  const stopped = [...evenly(5, 5_000, 15_000), ...evenly(5, 20_000, 35_000)];
  expect(rateFigures(stopped, window, 5).errorPercent).toBeCloseTo(100 / 6);
  expect(rateFigures(stopped, window, 5).worstStretchErrorPercent).toBe(50);
});

test('a telephone that rings for two calls is one double call; an INVITE that is repeated is none', () => {
  const call = (to: string, sipCallId: string) => ({ to, sipCallId });
  expect(doubleCallsOf([call('1', 'a'), call('1', 'a'), call('2', 'b')])).toBe(0);
  expect(doubleCallsOf([call('1', 'a'), call('2', 'b'), call('1', 'c'), call('1', 'd')])).toBe(2);
});

test('calls that end when others begin are not at once', () => {
  const call = (atMs: number, endedAtMs: number | null) => ({ atMs, endedAtMs });
  expect(mostAtOnce([call(0, 10), call(10, 20), call(5, 10), call(15, null)])).toBe(2);
});

test('the citizens of the bench ring 15 s on average, and two of five answer', () => {
  const plans = Array.from({ length: 1_500 }, (_, nth) =>
    citizenPlan(`0900000${String(nth + 1).padStart(4, '0')}`),
  );
  const mean = (of: typeof plans) => of.reduce((sum, { ringMs }) => sum + ringMs, 0) / of.length;
  expect(mean(plans)).toBeCloseTo(15_000, -2);
  expect(plans.filter(({ answers }) => answers)).toHaveLength(600);
  expect(Math.abs(mean(plans.filter(({ answers }) => answers)) - 15_000)).toBeLessThan(300);
});
