/** Waits, for tests, until `reached` holds; looks again after every change that `source` reports. */
export function until(
  source: { onChange(listener: () => void): () => void },
  reached: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (reached()) return resolve();
    const off = source.onChange(() => {
      if (!reached()) return;
      off();
      resolve();
    });
  });
}
