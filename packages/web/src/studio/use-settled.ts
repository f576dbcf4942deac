import { startTransition, useEffect, useState } from 'react';

/** The value as it was when it last stayed the same for `quietMs`; at first the value itself. */
export function useSettled<T>(value: T, quietMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setSettled(() => value)), quietMs);
    return () => clearTimeout(timer);
  }, [value, quietMs]);
  return settled;
}
