import type { BetterAuthOptions } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type { Database } from '../database/index.ts';

/** Name of the header by which our own HTTP edge tells better-auth the client's address; never taken from outside. */
export const CLIENT_ADDRESS_HEADER = 'x-madoguchi-client-address';

export type PasswordHashing = {
  hash(password: string): Promise<string>;
  verify(data: { hash: string; password: string }): Promise<boolean>;
};

export type AuthSettings = {
  /** Signs the cookies; at least 32 random characters, the same in every process. */
  readonly secret: string;
  /** Origins under which the admin page is opened ('https://madoguchi.example.lg.jp'); the first is the main one. Never empty. */
  readonly origins: readonly [string, ...string[]];
  /** Cookies travel over HTTPS only. False where the page is opened by plain HTTP (loopback). */
  readonly secureCookies: boolean;
  /** A session ends this long after its sign-in. Default 12 h: one working day. */
  readonly sessionLifetimeMs?: number;
  /** Sign-in attempts that one address may make within `signInWindowMs`. Default 30 in a minute: an office shares one address. */
  readonly signInAttemptsPerAddress?: number;
  readonly signInWindowMs?: number;
};

export type SignInWatch = {
  /** Runs before the password is hashed; throws where the account is locked. */
  beforeSignIn(email: string): Promise<void>;
  afterSignIn(email: string): Promise<void>;
};

const HOUR_MS = 3_600_000;
const SIGN_IN = '/sign-in/email';

/**
 * What better-auth is asked to do. Also read by the drift test, which compares our migration with the tables that better-auth
 * would make from these options.
 */
export function authOptions(
  db: Database,
  settings: AuthSettings,
  {
    watch,
    hashing,
    onSignedIn,
    refuseSuspended,
    onFault,
    logger,
  }: {
    readonly watch: SignInWatch;
    readonly hashing?: PasswordHashing;
    readonly onSignedIn: (userId: string, address: string | null) => Promise<void>;
    readonly refuseSuspended: (userId: string) => Promise<void>;
    /** Told of what went wrong on our side; refusals are no faults. */
    readonly onFault: (error: unknown) => void;
    readonly logger: NonNullable<BetterAuthOptions['logger']>;
  },
) {
  return {
    appName: 'Madoguchi',
    baseURL: settings.origins[0],
    basePath: '/api/auth',
    secret: settings.secret,
    trustedOrigins: [...settings.origins],
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger,
    onAPIError: {
      onError(error) {
        if (!(error instanceof APIError) || error.statusCode >= 500) onFault(error);
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      ...(hashing === undefined ? {} : { password: hashing }),
    },
    user: {
      modelName: 'person',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        role: { type: 'string', required: true, defaultValue: 'staff', input: false },
        suspended: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    session: {
      modelName: 'person_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: Math.floor((settings.sessionLifetimeMs ?? 12 * HOUR_MS) / 1000),
      // Everybody signs in once per working day; a session that grows by use would never end on a page that is left open.
      disableSessionRefresh: true,
      // With a cached session a suspended person would stay in until the cache ends.
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'person_credential',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'person_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 10,
      max: 100,
      customRules: {
        '/sign-in/*': {
          window: Math.ceil((settings.signInWindowMs ?? 60_000) / 1000),
          max: settings.signInAttemptsPerAddress ?? 30,
        },
        // Every page load asks for it, and a whole office may share one address; it costs one indexed read.
        '/get-session': false,
      },
    },
    advanced: {
      cookiePrefix: 'madoguchi',
      useSecureCookies: settings.secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      // Said in so many words because better-auth leaves the check out wherever NODE_ENV is 'test'.
      disableOriginCheck: false,
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session: { userId: string }) => {
            await refuseSuspended(session.userId);
          },
          after: async (session: { userId: string; ipAddress?: string | null | undefined }) => {
            await onSignedIn(session.userId, session.ipAddress ?? null);
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        const email = emailOfSignIn(ctx);
        if (email !== null) await watch.beforeSignIn(email);
      }),
      after: createAuthMiddleware(async (ctx) => {
        const email = emailOfSignIn(ctx);
        if (email !== null && ctx.context.newSession !== null) await watch.afterSignIn(email);
      }),
    },
  } satisfies BetterAuthOptions;
}

function emailOfSignIn(ctx: { path?: string; body?: unknown }): string | null {
  if (ctx.path !== SIGN_IN || typeof ctx.body !== 'object' || ctx.body === null || !('email' in ctx.body))
    return null;
  return typeof ctx.body.email === 'string' ? ctx.body.email : null;
}
