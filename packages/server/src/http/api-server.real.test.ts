import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from './test-admin-server.ts';

let admin: TestAdminServer;
beforeAll(async () => {
  admin = await startTestAdminServer();
});
afterAll(async () => {
  await admin.stop();
});

test.each(['/', '/calls/some-call', '/assets/page-1a2b3c.js', '/api/me', '/api/nothing'])(
  '%s lets the browser load from our own origin only, and no inline script',
  async (url) => {
    const { headers } = await admin.server.inject({ url });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  },
);

test('every address of the page opens it; a missing file or API path does not', async () => {
  for (const url of ['/', '/live', '/calls/abc?from=2026-11-24']) {
    const reply = await admin.server.inject({ url });
    expect([url, reply.statusCode, reply.headers['content-type'], reply.headers['cache-control']]).toEqual([
      url,
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
  }
  for (const url of ['/assets/gone.js', '/favicon.png', '/api/gone', '/../../package.json']) {
    const reply = await admin.server.inject({ url });
    expect([url, reply.statusCode]).toEqual([url, 404]);
    expect(reply.json()).toMatchObject({ code: 'notFound' });
  }
});

test('files named by their content are kept by the browser, answers of the API are not', async () => {
  const asset = await admin.server.inject({ url: '/assets/page-1a2b3c.js' });
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const api = await admin.server.inject({ url: '/api/me' });
  expect(api.headers['cache-control']).toBe('no-store');
});

test('the API describes itself', async () => {
  const reply = await admin.server.inject({ url: '/api/openapi.json' });
  const paths = Object.keys(reply.json().paths);
  expect(paths).toEqual(
    expect.arrayContaining(['/api/calls', '/api/calls/{callId}', '/api/me', '/api/sms/test', '/api/health']),
  );
});

test('wrong input is answered in Japanese with a code, and a fault tells nothing of itself', async () => {
  const { cookie } = await admin.enter('staff');
  const wrong = await admin.server.inject({
    url: '/api/calls',
    query: { from: 'yesterday' },
    headers: { cookie },
  });
  expect([wrong.statusCode, wrong.json()]).toEqual([
    400,
    { code: 'invalidInput', message: expect.stringContaining('入力内容') },
  ]);
  const broken = await admin.server.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin: TEST_ORIGIN, 'content-type': 'application/json' },
    payload: '{"email":',
  });
  expect([broken.statusCode, broken.json()]).toMatchObject([400, { code: 'badRequest' }]);

  const number = '09000007777';
  await admin.database.db.schema.alterTable('phone_number').renameTo('phone_number_away').execute();
  try {
    const fault = await admin.server.inject({ url: '/api/calls', query: { number }, headers: { cookie } });
    expect([fault.statusCode, fault.json()]).toEqual([
      500,
      { code: 'internal', message: expect.not.stringContaining('phone') },
    ]);
  } finally {
    await admin.database.db.schema.alterTable('phone_number_away').renameTo('phone_number').execute();
  }
  const faults = admin.logLines.filter((line) => line.includes('a request failed'));
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain('42P01');
  expect(admin.logLines.filter((line) => line.includes(number))).toEqual([]);
});

test('health says what is up, and unknown where nobody has spoken for 10 s', async () => {
  const { db } = admin.database;
  const health = async () => (await admin.server.inject({ url: '/api/health' })).json();
  const nothingKnown = { telephone: 'unknown', sms: 'unknown', database: 'up', recordingSpace: 'unknown' };
  expect(await health()).toEqual(nothingKnown);
  await db
    .insertInto('component_state')
    .values([
      { component: 'telephone', state: 'up', said_at: new Date() },
      { component: 'sms', state: 'down', said_at: new Date() },
      { component: 'recordingSpace', state: 'up', said_at: new Date() },
      { component: 'recordingReserve', state: 'down', said_at: new Date() },
    ])
    .execute();
  expect(await health()).toEqual({ telephone: 'up', sms: 'down', database: 'up', recordingSpace: 'low' });
  admin.offset.ms = 11_000;
  expect(await health()).toEqual(nothingKnown);
  admin.offset.ms = 0;
});

test('the server asks nobody else for anything, neither at its start nor at a sign-in', async () => {
  const asked: string[] = [];
  const note = (_message: unknown, channel: string | symbol) => void asked.push(String(channel));
  const channels = ['undici:request:create', 'http.client.request.start'];
  for (const channel of channels) subscribe(channel, note);
  const other = await startTestAdminServer();
  await other.enter('administrator');
  await other.stop();
  for (const channel of channels) unsubscribe(channel, note);
  expect(asked).toEqual([]);
});

test('behind HTTPS the cookie and the browser are bound to it', async () => {
  const secure = await startTestAdminServer({ secureCookies: true });
  await secure.auth.createPerson({
    name: '試験',
    email: 'a@example.jp',
    role: 'staff',
    password: 'correct horse battery',
  });
  const { setCookie } = await secure.signIn('a@example.jp');
  expect(setCookie).toMatch(/^__Secure-madoguchi\.session_token=.*; Secure/i);
  const page = await secure.server.inject({ url: '/' });
  expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
  await secure.stop();
});
