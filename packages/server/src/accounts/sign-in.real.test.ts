import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  startTestAdminServer,
  TEST_ORIGIN,
  TEST_PASSWORD,
  type TestAdminServer,
} from '../http/test-admin-server.ts';
import { createFirstAdministrator, FIRST_ADMINISTRATOR_EMAIL } from './index.ts';

let admin: TestAdminServer;
beforeAll(async () => {
  admin = await startTestAdminServer({ failuresAllowed: 3, lockMs: 60_000 });
});
afterAll(async () => {
  await admin.stop();
});
beforeEach(async () => {
  const { db } = admin.database;
  for (const table of ['person', 'sign_in_lock', 'rate_limit', 'audit_log'] as const)
    await db.deleteFrom(table).execute();
  admin.offset.ms = 0;
});

const me = (cookie: string) => admin.server.inject({ url: '/api/me', headers: { cookie } });
const person = (email: string) =>
  admin.auth.createPerson({ name: '試験', email, role: 'staff', password: TEST_PASSWORD });

test('the first administrator signs in with the password that is shown once', async () => {
  const first = await createFirstAdministrator(admin.database.db, { clock: { now: () => Date.now() } });
  expect(first?.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  const { status, cookie, setCookie, body } = await admin.signIn(FIRST_ADMINISTRATOR_EMAIL, first?.password);
  expect(status).toBe(200);
  expect(body).toEqual({ ok: true });
  expect(setCookie).toMatch(/^madoguchi\.session_token=.*HttpOnly.*SameSite=Strict/im);
  expect((await me(cookie)).json()).toMatchObject({
    email: FIRST_ADMINISTRATOR_EMAIL,
    role: 'administrator',
  });
});

test('the first administrator is made once, also by processes that start together', async () => {
  const { db } = admin.database;
  const clock = { now: () => Date.now() };
  const made = await Promise.all([1, 2, 3].map(() => createFirstAdministrator(db, { clock })));
  expect(made.filter((one) => one !== null)).toHaveLength(1);
});

test('nobody who is not signed in learns anything', async () => {
  for (const url of [
    '/api/me',
    '/api/calls',
    '/api/calls/x',
    '/api/live',
    '/api/numbers',
    '/api/recordings/x/audio',
    '/api/sms/recent',
    '/api/sms/terms',
  ]) {
    const reply = await admin.server.inject({ url });
    expect([url, reply.statusCode, reply.json()]).toEqual([
      url,
      401,
      { code: 'signInNeeded', message: expect.any(String) },
    ]);
  }
});

test('nobody can make an account or reach another endpoint of the login library', async () => {
  for (const path of [
    'sign-up/email',
    'update-user',
    'request-password-reset',
    'delete-user',
    'get-session',
  ]) {
    const reply = await admin.server.inject({
      method: 'POST',
      url: `/api/auth/${path}`,
      headers: { origin: TEST_ORIGIN },
      payload: { email: 'a@example.jp', password: TEST_PASSWORD, name: 'a' },
    });
    expect([path, reply.statusCode]).toEqual([path, 404]);
  }
  const direct = await admin.auth.handle(
    new Request(`${TEST_ORIGIN}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: TEST_ORIGIN },
      body: JSON.stringify({ email: 'a@example.jp', password: TEST_PASSWORD, name: 'a' }),
    }),
  );
  expect(direct.status).toBe(400);
  expect(await admin.database.db.selectFrom('person').select('id').execute()).toEqual([]);
});

test('an unknown address and a wrong password get the same answer', async () => {
  await person('staff@example.jp');
  const wrong = await admin.signIn('staff@example.jp', 'not the password');
  const unknown = await admin.signIn('nobody@example.jp', 'not the password');
  expect(wrong.status).toBe(401);
  expect(wrong.body).toEqual({
    code: 'wrongPassword',
    message: 'メールアドレスまたはパスワードが正しくありません。',
  });
  expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
});

test('after too many wrong passwords the account is locked before any further password is hashed', async () => {
  await person('staff@example.jp');
  for (let i = 0; i < 3; i++)
    expect((await admin.signIn('staff@example.jp', 'not the password')).status).toBe(401);
  const before = admin.hashings.count;
  const locked = await admin.signIn('staff@example.jp');
  expect([locked.status, locked.body]).toEqual([
    429,
    { code: 'signInLocked', message: expect.stringContaining('ロック') },
  ]);
  expect((await admin.signIn('STAFF@example.jp ')).status).toBe(429);
  expect(admin.hashings.count).toBe(before);
  const audit = await admin.database.db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'signInLocked')
    .execute();
  expect(audit).toHaveLength(1);

  admin.offset.ms = 61_000;
  expect((await admin.signIn('staff@example.jp')).status).toBe(200);
});

test('guesses sent all at once get no more tries than guesses sent one by one', async () => {
  await person('staff@example.jp');
  const before = admin.hashings.count;
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, i) => admin.signIn('staff@example.jp', `guess number ${i}`)),
  );
  expect(replies.filter((reply) => reply.status === 401)).toHaveLength(3);
  expect(admin.hashings.count - before).toBe(3);
});

test('a right password clears the count of wrong ones', async () => {
  await person('staff@example.jp');
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 2; i++) await admin.signIn('staff@example.jp', 'not the password');
    expect((await admin.signIn('staff@example.jp')).status).toBe(200);
  }
});

test('one address cannot try passwords on ever new accounts', async () => {
  const replies = [];
  for (let i = 0; i < 31; i++) replies.push((await admin.signIn(`nobody${i}@example.jp`, 'short')).body);
  expect(replies[29]).toMatchObject({ code: 'wrongPassword' });
  expect(replies[30]).toMatchObject({ code: 'tooManyAttempts' });
  expect(await admin.database.db.selectFrom('rate_limit').select('count').execute()).toEqual([{ count: 30 }]);
});

test('the sender cannot choose the address by which attempts are counted', async () => {
  for (let i = 0; i < 3; i++) {
    await admin.server.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      headers: {
        origin: TEST_ORIGIN,
        'x-forwarded-for': `192.0.2.${i}`,
        'x-madoguchi-client-address': `192.0.2.${i}`,
      },
      payload: { email: `nobody${i}@example.jp`, password: 'short' },
    });
  }
  expect(await admin.database.db.selectFrom('rate_limit').select(['key', 'count']).execute()).toEqual([
    { key: expect.stringContaining('127.0.0.1'), count: 3 },
  ]);
});

test('a suspended person is out at once and cannot sign in again', async () => {
  const { cookie, userId } = await admin.enter('staff');
  expect((await me(cookie)).statusCode).toBe(200);
  await admin.auth.setSuspended(userId, true, null);
  expect((await me(cookie)).statusCode).toBe(401);
  const again = await admin.signIn('staff@example.jp');
  expect([again.status, again.body]).toMatchObject([403, { code: 'suspended' }]);
  expect(again.cookie).toBe('');
  await admin.auth.setSuspended(userId, false, null);
  expect((await admin.signIn('staff@example.jp')).status).toBe(200);
});

test('signing out ends the session on the server', async () => {
  const { cookie } = await admin.enter('staff');
  const reply = await admin.server.inject({
    method: 'POST',
    url: '/api/auth/sign-out',
    headers: { cookie, origin: TEST_ORIGIN },
  });
  expect(reply.statusCode).toBe(200);
  expect((await me(cookie)).statusCode).toBe(401);
});

test('a session ends 12 hours after its sign-in, however busy it is', async () => {
  const { cookie, userId } = await admin.enter('staff');
  const { db } = admin.database;
  const row = await db
    .selectFrom('person_session')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  expect(row.expires_at.getTime() - row.created_at.getTime()).toBeCloseTo(12 * 3_600_000, -4);
  await me(cookie);
  const later = await db
    .selectFrom('person_session')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  expect(later.expires_at).toEqual(row.expires_at);
  await db
    .updateTable('person_session')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .execute();
  expect((await me(cookie)).statusCode).toBe(401);
});

test('another site cannot act in the name of somebody who is signed in', async () => {
  const { cookie } = await admin.enter('administrator');
  for (const origin of ['https://evil.example', undefined]) {
    const reply = await admin.server.inject({
      method: 'POST',
      url: '/api/sms/test',
      headers: { cookie, ...(origin === undefined ? {} : { origin }) },
      payload: { to: '09000001234', text: '試験' },
    });
    expect([reply.statusCode, reply.json()]).toMatchObject([403, { code: 'foreignOrigin' }]);
  }
});

test('staff may not send test texts, which cost money; an administrator may, and it is audited', async () => {
  const send = (cookie: string, to = '090-0000-1234') =>
    admin.server.inject({
      method: 'POST',
      url: '/api/sms/test',
      headers: { cookie, origin: TEST_ORIGIN },
      payload: { to, text: '試験です' },
    });
  const staff = await admin.enter('staff');
  expect((await send(staff.cookie)).statusCode).toBe(403);
  const administrator = await admin.enter('administrator');
  const reply = await send(administrator.cookie);
  expect(reply.statusCode).toBe(202);
  expect((await send(administrator.cookie, '0725001001')).json()).toMatchObject({ code: 'notMobileNumber' });
  const recent = await admin.server.inject({
    url: '/api/sms/recent',
    headers: { cookie: administrator.cookie },
  });
  expect(recent.json()).toMatchObject({
    messages: [
      {
        id: reply.json().id,
        to: '09000001234',
        toShown: '090-0000-1234',
        text: '試験です',
        state: 'waiting',
      },
    ],
  });
  const audit = await admin.database.db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'testSmsSent')
    .execute();
  expect(audit).toMatchObject([
    { user_id: administrator.userId, subject: reply.json().id, address: '127.0.0.1' },
  ]);
});

test('every sign-in is audited with its address; no log line holds an e-mail address', async () => {
  const { userId } = await admin.enter('staff');
  await admin.signIn('staff@example.jp', 'not the password');
  const audit = await admin.database.db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'signedIn')
    .execute();
  expect(audit).toMatchObject([{ user_id: userId, subject: userId, address: '127.0.0.1' }]);
  expect(admin.logLines.filter((line) => line.includes('@example.jp'))).toEqual([]);
});
