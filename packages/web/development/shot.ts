import type { Page } from 'playwright-core';
import type { FakeMode } from './fake-server.ts';

/** One picture of the admin page: where, with what data, after what was done. Those named -few or -many are taken large, too. */
export type Shot = {
  readonly name: string;
  readonly path: string;
  readonly mode?: Partial<FakeMode>;
  /** Higher than the usual window, in px, where all of a long part is to be seen at once. */
  readonly height?: number;
  /** As it comes from the printer. */
  readonly onPaper?: boolean;
  readonly act?: (page: Page) => Promise<void>;
};
