import type { HouseUnderTest } from './house-under-test.ts';

export type Answer = { readonly status: number; readonly body: unknown };

/** The API of a house, asked as its first administrator. */
export type AdminApi = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => Promise<Answer>;

export async function openAdminApi({ house }: HouseUnderTest): Promise<AdminApi> {
  if (house.administrator === null) throw new Error('somebody has an account in this house already');
  const origin = new URL(house.httpUrl).origin;
  const { email, password } = house.administrator;
  const signedIn = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return async (method, path, body) => {
    const reply = await fetch(`${origin}${path}`, {
      method,
      headers: { origin, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: reply.status, body: await reply.json() };
  };
}
