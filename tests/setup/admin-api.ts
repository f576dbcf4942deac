import type { HouseUnderTest } from './house-under-test.ts';

export type Answer = { readonly status: number; readonly body: unknown };

/** The API of a house, asked as its first administrator. */
export type AdminApi = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => Promise<Answer>;

export function openAdminApi({ house }: HouseUnderTest): Promise<AdminApi> {
  if (house.administrator === null) throw new Error('somebody has an account in this house already');
  return openApiAs(house, house.administrator);
}

/** The API of a house, asked as somebody who has an account. A body of bytes is sent as it is. */
export async function openApiAs(
  { httpUrl }: HouseUnderTest['house'],
  { email, password }: { readonly email: string; readonly password: string },
): Promise<AdminApi> {
  const origin = new URL(httpUrl).origin;
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
    const type = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
    const reply = await fetch(`${origin}${path}`, {
      method,
      headers: { origin, cookie, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const isJson = reply.headers.get('content-type')?.includes('json') ?? false;
    return { status: reply.status, body: isJson ? await reply.json() : await reply.text() };
  };
}
