import { type Dispatch, useEffect } from 'react';
import { messageOf } from '../api/api-error.ts';
import type { StudioAct, StudioState } from './studio-state.ts';
import { readNewest, saveFlow, usePresence } from './use-flow.ts';

/** From the last change to saving. */
const QUIET_MS = 1_200;
const AGAIN_MS = 5_000;

/**
 * Saves by itself a moment after the last change, takes in what somebody else saved, and keeps the browser from closing the window over
 * what is not saved yet. @returns who else has the flow open.
 */
export function useSaving(state: StudioState, dispatch: Dispatch<StudioAct>) {
  const { save, stored, history } = state;
  const flow = history.present;
  const presence = usePresence(flow.id).data;

  useEffect(() => {
    if (save.type !== 'waiting' && save.type !== 'failed') return;
    const timer = setTimeout(() => void saveNow(), save.type === 'failed' ? AGAIN_MS : QUIET_MS);
    return () => clearTimeout(timer);

    async function saveNow(): Promise<void> {
      dispatch({ type: 'saveStarted' });
      try {
        const saving = await saveFlow(flow, stored.version);
        if (saving.type === 'behind') dispatch({ type: 'newestFound', newest: saving.newest });
        else dispatch({ type: 'saved', sent: flow, version: saving.version });
      } catch (error) {
        dispatch({ type: 'saveFailed', message: messageOf(error) });
      }
    }
  }, [save.type, flow, stored.version, dispatch]);

  const isBehind = presence !== undefined && presence.version > stored.version;
  useEffect(() => {
    if (!isBehind || save.type === 'saving' || save.type === 'conflict') return;
    let isStill = true;
    readNewest(flow.id).then(
      (newest) => isStill && dispatch({ type: 'newestFound', newest }),
      // Tried again at the next turn of the presence.
      () => undefined,
    );
    return () => {
      isStill = false;
    };
  }, [isBehind, save.type, flow.id, dispatch]);

  const isUnsaved = save.type !== 'saved';
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);

  return presence?.others ?? [];
}
