/** Grey shapes in the place of what is being read, and a word for screen readers. */
export function Loading({ rows = 5 }: { rows?: number }) {
  return (
    <div role="status" className="flex flex-col gap-3 rounded-8 border border-solid-gray-200 bg-white p-5">
      <p className="text-std-16N-170 text-solid-gray-700">読み込んでいます…</p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes never change places
        <div key={row} aria-hidden="true" className="h-8 animate-pulse rounded-4 bg-solid-gray-100" />
      ))}
    </div>
  );
}
