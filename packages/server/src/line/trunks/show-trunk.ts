import { type TrunkProbe, wordProbe } from '@madoguchi/telephony/probe';
import { draftOf, type Trunk } from '@madoguchi/telephony/trunk';
import type { StoredTrunk } from './read-trunks.ts';

/** National digits as staff read them. */
type ShowNumber = (digits: string) => string;

/** A trunk as the screen gets it: without its passwords. */
export function showTrunk(stored: StoredTrunk, showNumber: ShowNumber) {
  const { trunk, passwordsLost, version, changedAt, changedBy, lastTest } = stored;
  return {
    trunkId: trunk.id,
    version,
    draft: draftOf(trunk),
    numbersShown: trunk.accounts.map(({ number }) => showNumber(number)),
    passwordsLost: [...passwordsLost],
    changedAt: changedAt.toISOString(),
    changedBy,
    lastTest:
      lastTest === null
        ? null
        : {
            at: lastTest.at.toISOString(),
            by: lastTest.by,
            isOfThisVersion: lastTest.version === version,
            result: showTest(trunk, lastTest.probe, showNumber),
          },
  };
}

/** What the other side answered, in words. */
export function showTest(trunk: Pick<Trunk, 'accounts'>, probe: TrunkProbe, showNumber: ShowNumber) {
  const asked = trunk.accounts.length === 0 ? 'trunk' : 'registeringTrunk';
  return {
    trunk: wordProbe(probe.trunk, asked),
    accounts: probe.accounts.map(({ number, result }) => ({
      number,
      numberShown: showNumber(number),
      ...wordProbe(result, 'account'),
    })),
  };
}

/** Names of the settings in which two trunks differ, for the audit: never what they are. */
export function changedFields(before: Trunk | null, after: Trunk): readonly string[] {
  const old = new Map<string, unknown>(Object.entries(before ?? {}));
  return Object.entries(after).flatMap(([name, value]) =>
    JSON.stringify(old.get(name)) === JSON.stringify(value) ? [] : [name],
  );
}
