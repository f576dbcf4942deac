import { writeConfiguration } from './configuration.ts';
import { type AsteriskSettings, type AsteriskTools, systemNameFor } from './settings.ts';
import { asteriskCommandLine, asteriskIsReady } from './start.ts';

/** What a process supervisor needs to keep an Asterisk alive. */
export type AsteriskService = {
  /** Before **each** start: writes the configuration with a system name of its own, so that call ids never repeat. */
  prepare(): Promise<void>;
  /** Runs in the foreground; ends on SIGTERM. */
  readonly commandLine: readonly [string, ...string[]];
  isReady(): Promise<boolean>;
};

/** @param order.dir private folder of this Asterisk; `order.now` gives wall time in ms since the epoch. */
export function asteriskService(order: {
  readonly tools: AsteriskTools;
  readonly dir: string;
  /** Asked at each start, so that the newest fallback numbers are taken. */
  readonly settings: () => Omit<AsteriskSettings, 'systemName'>;
  readonly now: () => number;
}): AsteriskService {
  const { tools, dir } = order;
  return {
    prepare: () =>
      writeConfiguration(dir, { ...order.settings(), systemName: systemNameFor(order.now()) }, tools),
    commandLine: asteriskCommandLine(tools, dir),
    isReady: () => asteriskIsReady(order.settings()),
  };
}
