import { createHash } from 'node:crypto';
import { type BundleDraft, BundleDraftSchema } from '@madoguchi/flow';

/** SHA-256 of a bundle, whatever the order of its keys: what a decision is bound to. Its id, which it gets when published, does not count. */
export function contentSha256(bundle: BundleDraft): string {
  const { bundleId: _, ...content } = bundle;
  return sha256OfJson(content);
}

/** SHA-256 of something that is JSON, whatever the order of its keys. */
export function sha256OfJson(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex');
}

/** A stored bundle whose content is still what was decided of; null where it was changed since. */
export function unchangedBundle(stored: unknown, sha256: string): BundleDraft | null {
  const bundle = BundleDraftSchema.safeParse(stored);
  return bundle.success && contentSha256(bundle.data) === sha256 ? bundle.data : null;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
