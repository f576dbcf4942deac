/**
 * The origins under which browsers open the admin page; the first is the main one. A page at any other origin may not act.
 * @param publicUrl as the operator gives it, where a TLS proxy stands before us; a path or a slash at its end does no harm.
 */
export function adminOrigins({
  address,
  port,
  publicUrl,
}: {
  readonly address: string;
  readonly port: number;
  readonly publicUrl: string | null;
}): readonly [string, ...string[]] {
  if (publicUrl !== null) return [new URL(publicUrl).origin];
  const everywhere = address === '0.0.0.0' || address === '::';
  const local = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${port}`);
  const own = new URL(`http://${address.includes(':') ? `[${address}]` : address}:${port}`).origin;
  const [first = own, ...others] = everywhere || address === '127.0.0.1' ? local : [own, ...local];
  return [first, ...others];
}
