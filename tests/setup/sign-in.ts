import { expect } from 'vitest';
import type { House } from '../../packages/server/src/operations/house.ts';

/** Signs in as the first administrator. @returns the cookie header. */
export async function signIn({
  administrator,
  httpUrl,
}: Pick<House, 'administrator' | 'httpUrl'>): Promise<string> {
  if (administrator === null) throw new Error('somebody has an account in this house already');
  const { email, password } = administrator;
  const reply = await fetch(`${httpUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: httpUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(reply.status).toBe(200);
  return reply.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}
