import { z } from 'zod';
import type { HouseUnderTest } from './house-under-test.ts';
import { until } from './until.ts';

const ListSchema = z.array(z.unknown());

/** What Asterisk itself says that it holds, asked beside the house. */
export async function engineHolds({
  house,
}: HouseUnderTest): Promise<{ readonly channels: number; readonly bridges: number }> {
  const { ariUrl, ariUser, ariPassword } = house.settings.telephone;
  const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
  const count = async (what: string) =>
    ListSchema.parse(await (await fetch(`${ariUrl}/${what}`, { headers: { authorization } })).json()).length;
  return { channels: await count('channels'), bridges: await count('bridges') };
}

/** Resolves once the engine holds nothing any more. */
export async function engineEmpty(under: HouseUnderTest, timeoutMs = 60_000): Promise<void> {
  await until(
    'an engine without channels and bridges',
    async () => {
      const { channels, bridges } = await engineHolds(under);
      return channels === 0 && bridges === 0;
    },
    timeoutMs,
  );
}

/** Process ids of the telephone's parts: they change when one had to be started again. */
export function telephoneParts({ house }: HouseUnderTest): readonly (number | undefined)[] {
  return [house.part('asterisk')?.pid, house.part('calls')?.pid];
}
