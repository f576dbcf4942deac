import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ErrorReplySchema, MeSchema } from '../http/contract.ts';
import type { Routes } from '../http/index.ts';
import { Refusal } from '../http/index.ts';
import { CLIENT_ADDRESS_HEADER } from './auth-options.ts';
import type { Auth } from './create-auth.ts';
import { type Guard, webHeaders } from './guard.ts';
import { rightsOf } from './rights.ts';

const SignInSchema = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(128) });
const SignedInSchema = z.object({ ok: z.literal(true) });

/** better-auth's codes that people at the sign-in page meet; its other refusals share one sentence. */
const REFUSALS: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  INVALID_EMAIL_OR_PASSWORD: {
    code: 'wrongPassword',
    message: 'メールアドレスまたはパスワードが正しくありません。',
  },
  INVALID_EMAIL: { code: 'wrongPassword', message: 'メールアドレスまたはパスワードが正しくありません。' },
  SIGN_IN_LOCKED: {
    code: 'signInLocked',
    message:
      'ログインの失敗が続いたため、一時的にロックされています。15分ほど待ってからもう一度お試しください。',
  },
  SUSPENDED: {
    code: 'suspended',
    message: 'このアカウントは停止されています。管理者にお問い合わせください。',
  },
};

const BetterAuthErrorSchema = z.object({ code: z.string() });

/**
 * Signing in and out and who one is. Only these of better-auth's endpoints are reachable; the session travels in the cookie
 * alone and its token is never given to the page's scripts.
 */
export function accountRoutes({ auth, guard, origin }: { auth: Auth; guard: Guard; origin: string }): Routes {
  return (server) => {
    server.post(
      '/api/auth/sign-in/email',
      { schema: { body: SignInSchema, response: { 200: SignedInSchema, '4xx': ErrorReplySchema } } },
      async (request, reply) => {
        await passOn(request, reply, '/sign-in/email', request.body);
        return { ok: true as const };
      },
    );
    server.post(
      '/api/auth/sign-out',
      { schema: { response: { 200: SignedInSchema, '4xx': ErrorReplySchema } } },
      async (request, reply) => {
        await passOn(request, reply, '/sign-out', {});
        return { ok: true as const };
      },
    );
    server.get(
      '/api/me',
      { schema: { response: { 200: MeSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        const person = await guard.signedIn(request);
        return { ...person, rights: [...rightsOf(person.role)] };
      },
    );
  };

  /** Hands the request to better-auth and its cookies back. @throws Refusal in our words. */
  async function passOn(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    body: unknown,
  ): Promise<void> {
    const headers = webHeaders(request.headers);
    headers.delete('content-length');
    headers.delete('transfer-encoding');
    headers.set('content-type', 'application/json');
    headers.set(CLIENT_ADDRESS_HEADER, request.ip);
    const response = await auth.handle(
      new Request(new URL(`/api/auth${path}`, origin), {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      }),
    );
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
    if (response.ok) return;
    throw await refusalOf(response);
  }
}

async function refusalOf(response: Response): Promise<Error> {
  if (response.status >= 500) return new Error(`better-auth answered ${response.status}`);
  const text = await response.text();
  const parsed = BetterAuthErrorSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : null);
  const known = parsed.success ? REFUSALS[parsed.data.code] : undefined;
  if (known !== undefined) return new Refusal(response.status, known.code, known.message);
  if (response.status === 429) {
    return new Refusal(
      429,
      'tooManyAttempts',
      '短い間にログインが繰り返されました。少し待ってからもう一度お試しください。',
    );
  }
  return new Refusal(response.status, 'signInRefused', 'ログインできませんでした。もう一度お試しください。');
}
