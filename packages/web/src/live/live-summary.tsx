import { useEffect, useRef, useState } from 'react';

/** Nobody wants to hear of every call: at most one sentence in this time. */
const QUIET_MS = 30_000;

/** Tells screen readers now and then, and only when it has changed, how many calls are on. */
export function LiveSummary({ inProgress, ready }: { inProgress: number; ready: boolean }) {
  const [said, setSaid] = useState('');
  const saidAtMs = useRef(Number.NEGATIVE_INFINITY);
  const sentence = ready ? `通話中の電話は${inProgress}件です。` : '';
  useEffect(() => {
    if (sentence === '' || sentence === said) return;
    const waitMs = Math.max(0, saidAtMs.current + QUIET_MS - performance.now());
    const timer = window.setTimeout(() => {
      saidAtMs.current = performance.now();
      setSaid(sentence);
    }, waitMs);
    return () => window.clearTimeout(timer);
  }, [sentence, said]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
