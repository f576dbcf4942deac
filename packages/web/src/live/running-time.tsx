import { createContext, useContext } from 'react';
import { durationShown } from '../words/japanese-time.ts';
import { useNow } from './use-now.ts';

/** The server's clock minus this computer's, ms; by context, so that rows of a table need not be drawn anew for it. */
export const ServerAhead = createContext(0);

/** How long a call has lasted; ticks by itself. */
export function RunningTime({ since }: { since: string }) {
  const nowMs = useNow() + useContext(ServerAhead);
  return <span className="numerals">{durationShown(nowMs - Date.parse(since))}</span>;
}
