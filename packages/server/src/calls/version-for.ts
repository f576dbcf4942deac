import type { RunnableFlow } from '@madoguchi/flow';
import type { Admission } from '../line/index.ts';
import type { Directory } from './directory.ts';
import { FULL_LINES_BUNDLE_ID, fullLines } from './full-lines.ts';
import { UNASSIGNED_BUNDLE_ID, unassignedNumber } from './unassigned-number.ts';

type Version = { readonly bundleId: string; readonly bundle: RunnableFlow };

/** Versions of our own that some calls follow instead of their number's. */
const BUILT_IN: Readonly<Record<string, RunnableFlow>> = {
  [UNASSIGNED_BUNDLE_ID]: unassignedNumber,
  [FULL_LINES_BUNDLE_ID]: fullLines,
};

export function builtInVersion(bundleId: string): RunnableFlow | null {
  return Object.hasOwn(BUILT_IN, bundleId) ? (BUILT_IN[bundleId] ?? null) : null;
}

/** The version that a call to `phoneNumber` follows. */
export function versionFor(directory: Directory, phoneNumber: string, admission: Admission): Version {
  if (admission === 'overflow') return { bundleId: FULL_LINES_BUNDLE_ID, bundle: fullLines };
  const bundleId = directory.phoneNumber(phoneNumber)?.bundleId ?? null;
  const bundle = bundleId === null ? null : directory.bundleInForce(bundleId);
  if (bundleId === null || bundle === null) {
    return { bundleId: UNASSIGNED_BUNDLE_ID, bundle: unassignedNumber };
  }
  return { bundleId, bundle };
}
