import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/**
 * The only inline styles that may be added to the page: what React Aria puts into its head while something is pressed or a dialog is
 * open. Named by their content, so that nothing else comes in with them.
 */
const REACT_ARIA_STYLES = [
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
];
const styleHashes = REACT_ARIA_STYLES.map(
  (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
);

/** Everything comes from our own origin; no inline script, no frames, no plug-ins. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  `style-src 'self' ${styleHashes.join(' ')}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every answer, also of event streams. `strictTransport` only where the page is served over HTTPS. */
export function securityHeaders({
  strictTransport,
}: {
  readonly strictTransport: boolean;
}): Record<string, string> {
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(self), geolocation=(), payment=(), usb=()',
    // Staff's screens show telephone numbers: no shared machine may offer them for indexing.
    'x-robots-tag': 'noindex, nofollow',
    ...(strictTransport ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

export function setHeaders(reply: FastifyReply, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
}
