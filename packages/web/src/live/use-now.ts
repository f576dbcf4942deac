import { useSyncExternalStore } from 'react';

let nowMs = Date.now();
let timer: number | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    nowMs = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** This computer's time, ms, once a second; all running times tick together, by one timer. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}
