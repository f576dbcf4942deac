import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { CallSummary, SmsShown, SmsTerms } from '@madoguchi/server/contract';
import type { PlacedCall } from '@madoguchi/server/inbox-contract';
import { fakeAnnouncements } from './fake-announcements.ts';
import { fakeCalendars } from './fake-calendars.ts';
import { FAKE_NUMBERS, fakeCall, fakeStory, iso } from './fake-calls.ts';
import { answerCampaignCost } from './fake-campaign-cost.ts';
import { fakeCampaigns } from './fake-campaigns.ts';
import { answerCounts } from './fake-counts.ts';
import { fakeEmergency } from './fake-emergency.ts';
import { fakeFlows } from './fake-flows.ts';
import {
  FAKE_CHOICES,
  FAKE_COMPLAINTS,
  FAKE_NO_NOTE,
  FAKE_PEOPLE,
  fakeBackground,
  fakeCitizen,
  fakeItem,
  fakeItemDetail,
  fakeOwnCall,
} from './fake-inbox.ts';
import { answerNumbers } from './fake-numbers.ts';
import { createFakeOutcomeTables } from './fake-outcome-tables.ts';
import { answerPublishing } from './fake-publishing.ts';
import { fakeRecording } from './fake-sound.ts';
import { fakeTelephoneTrials } from './fake-telephone-trials.ts';
import { answerTrial } from './fake-trial.ts';
import { answerTrunks } from './fake-trunks.ts';

/**
 * Stands in for the real server while the admin page is developed and tested: invented data by the contract's shapes, and the
 * troubles a page must bear. Not a copy of the server's rules.
 */
export type FakeMode = {
  /** Rows everywhere: none, a handful, or more than fit. */
  readonly amount: 'none' | 'few' | 'many';
  /** `error`: every reading fails with 503; `slow`: no reading is ever answered. Signing in and `me` always work. */
  readonly trouble: 'none' | 'error' | 'slow';
  /** How the clerk's own call stands; null: no telephone is set yet. */
  readonly call: PlacedCall['state'] | null;
};

export type FakeServer = {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: readonly string[];
  set(mode: Partial<FakeMode>): void;
  /** Ends the session as if its time had passed; open streams end, too. */
  endSession(): void;
  /** Cuts open streams; while `away`, new ones are refused as by a proxy. */
  cutStreams(away: boolean): void;
  /** Tells every open stream of a changed call. */
  tell(call: CallSummary): void;
  close(): Promise<void>;
};

/** What an administrator may do (server's accounts/rights.ts). */
const FAKE_RIGHTS = [
  'editNoteChoices',
  'manageTrunks',
  'viewFlows',
  'editFlows',
  'approveFlows',
  'publishFlows',
  'manageNumbers',
  'setApproval',
  'editCalendars',
  'switchEmergency',
  'viewCampaigns',
  'editCampaigns',
  'approveCampaigns',
  'runCampaigns',
  'suppressRecipients',
  'manageResultTokens',
];

const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const IN_PROGRESS = { none: 0, few: 3, many: 64 } as const;
const ENDED = { none: 0, few: 4, many: 137 } as const;
const ITEMS = { none: 0, few: 5, many: 50 } as const;
const PAGE = 50;
const LOCKED_AFTER = 5;

/** Two gateways of different price. */
const FAKE_TERMS: SmsTerms = {
  gateways: ['8.8', '9.9'].map((yen) => ({
    partUnits: 67,
    price: Array.from({ length: 10 }, (_, index) => ({
      uptoChars: index === 0 ? 70 : (index + 1) * 67,
      uptoParts: null,
      yen: (Number(yen) * (index + 1)).toFixed(1),
    })),
  })),
};

/** @param now wall time in ms. @param port 0: any free one. */
export async function startFakeServer({
  webDist,
  now,
  port = 0,
  signedIn = false,
}: {
  webDist: string;
  now: () => number;
  port?: number;
  signedIn?: boolean;
}): Promise<FakeServer> {
  let mode: FakeMode = { amount: 'few', trouble: 'none', call: null };
  let isSignedIn = signedIn;
  let failures = 0;
  let streamsAway = false;
  const asked: string[] = [];
  const sent: SmsShown[] = [];
  const announcements = fakeAnnouncements();
  const streams = new Set<ServerResponse>();
  const sound = fakeRecording();
  const answerCalendars = fakeCalendars();
  const answerFlows = fakeFlows();
  const answerCampaigns = fakeCampaigns();
  const emergency = fakeEmergency();
  const outcomeTables = createFakeOutcomeTables(now);
  const answerTelephoneTrials = fakeTelephoneTrials();

  const inProgress = () =>
    Array.from({ length: IN_PROGRESS[mode.amount] }, (_, nth) => fakeCall(nth, now(), false));
  const ended = (count: number) => Array.from({ length: count }, (_, nth) => fakeCall(nth, now(), true));

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake.invalid');
    asked.push(url.pathname);
    response.setHeader('content-security-policy', CSP);
    if (!url.pathname.startsWith('/api/')) return file(url.pathname, response);
    if (url.pathname === '/api/auth/sign-in/email') return signIn(await bodyOf(request), response);
    if (!isSignedIn) return refuse(response, 401, 'signedOut', 'ログインしてください。');
    if (url.pathname === '/api/auth/sign-out') {
      endSession();
      return json(response, 200, { ok: true });
    }
    if (url.pathname === '/api/me') {
      return json(response, 200, {
        userId: 'u1',
        name: '見本 花子',
        email: 'clerk@city.example',
        role: 'administrator',
        rights: FAKE_RIGHTS,
      });
    }
    if (url.pathname === '/api/health') {
      const bad = mode.trouble === 'error';
      return json(response, 200, {
        telephone: bad ? 'down' : 'up',
        sms: bad ? 'unknown' : 'up',
        database: bad ? 'down' : 'up',
        recordingSpace: bad ? 'unknown' : 'enough',
      });
    }
    if (mode.trouble === 'slow') return;
    if (mode.trouble === 'error') {
      return refuse(
        response,
        503,
        'databaseAway',
        'データベースに接続できません。しばらくしてからもう一度お試しください。',
      );
    }
    return read(url, request, response);
  }

  async function read(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url.pathname;
    if (path === '/api/live') return openStream(response);
    if (path === '/api/numbers') return json(response, 200, { numbers: FAKE_NUMBERS });
    if (path === '/api/calls') return json(response, 200, list(url.searchParams));
    if (path === '/api/sms/recent') return json(response, 200, { messages: sentMessages() });
    if (path === '/api/sms/terms') return json(response, 200, FAKE_TERMS);
    if (path === '/api/sms/received') {
      const messages = sentMessages()
        .filter(({ state }) => state === 'delivered' || state === 'accepted')
        .map(({ to, text, parts, createdAt }) => ({ to, text, parts: parts ?? 1, receivedAt: createdAt }));
      return json(response, 200, { available: true, messages });
    }
    if (path === '/api/sms/test') return takeSms(await bodyOf(request), response);
    if (deskWork(path, url.searchParams, response)) return;
    if (path.endsWith('/sound')) return play(request, response);
    if (/\/(telephone-trials|trial)$/.test(path)) {
      const method = request.method ?? 'GET';
      const body = method === 'POST' ? await bodyOf(request) : {};
      const told = answerTelephoneTrials({ method, path, body, amount: mode.amount, now: now() });
      return json(response, told.status, told.body);
    }
    if (/^\/api\/(emergency|phone-numbers|test-callers)/.test(path)) {
      const body = ['GET', 'DELETE'].includes(request.method ?? 'GET') ? {} : await bodyOf(request);
      const asked = { method: request.method ?? 'GET', path, body, amount: mode.amount, now: now() };
      const told = path.startsWith('/api/emergency') ? emergency.answer(asked) : answerNumbers(asked);
      return json(response, told?.status ?? 404, told?.body ?? {});
    }
    if (/^\/api\/(suppressions|campaign-cost)/.test(path)) {
      const body = ['GET', 'DELETE'].includes(request.method ?? 'GET') ? {} : await bodyOf(request);
      const asked = { method: request.method ?? 'GET', path, body, amount: mode.amount, now: now() };
      const told = answerCampaignCost(asked);
      return json(response, told.status, told.body);
    }
    if (path.endsWith('/outcome-table')) {
      const method = request.method ?? 'GET';
      const body = method === 'GET' ? {} : await bodyOf(request);
      const told = outcomeTables.answer({ method, path, body, amount: mode.amount });
      return json(response, told.status, told.body);
    }
    if (path.startsWith('/api/trunk')) {
      const body = request.method === 'GET' ? {} : await bodyOf(request);
      const told = answerTrunks({
        method: request.method ?? 'GET',
        path,
        body,
        amount: mode.amount,
        now: now(),
      });
      // What is asked of a silent carrier stays without an answer.
      return told === null ? undefined : json(response, told.status, told.body);
    }
    if (/^\/api\/(campaign|list-mappings|result-)/.test(path)) {
      const body = isJson(request) ? await bodyOf(request) : {};
      request.resume();
      const method = request.method ?? 'GET';
      const told = answerCampaigns({
        method,
        path,
        query: url.searchParams,
        body,
        amount: mode.amount,
        now: now(),
      });
      if (told !== null) return json(response, told.status, told.body);
    }
    const counts = answerCounts({ path, query: url.searchParams, amount: mode.amount });
    if (counts !== null) return json(response, counts.status, counts.body);
    const publishing = answerPublishing({
      method: request.method ?? 'GET',
      path,
      query: url.searchParams,
      amount: mode.amount,
      now: now(),
    });
    if (publishing !== null) return json(response, publishing.status, publishing.body);
    const trial = answerTrial({ method: request.method ?? 'GET', path, amount: mode.amount, now: now() });
    if (trial !== null) return json(response, trial.status, trial.body);
    if (path.startsWith('/api/flow')) {
      const method = request.method ?? 'GET';
      const body = method === 'GET' || method === 'DELETE' ? {} : await bodyOf(request);
      const flows = answerFlows({ method, path, body, amount: mode.amount, now: now() });
      if (flows !== null) return json(response, flows.status, flows.body);
    }
    if (path === '/api/holidays' || path.startsWith('/api/calendars')) {
      const method = request.method ?? 'GET';
      const body = method === 'GET' ? {} : await bodyOf(request);
      const told = answerCalendars({ method, url, body, amount: mode.amount, now: now() });
      return json(response, told.status, told.body);
    }
    if (path.startsWith('/api/recordings/') || path === '/api/speech/preview') return play(request, response);
    const spoken = announcements.answer({
      method: request.method ?? 'GET',
      path,
      body: isJson(request) ? await bodyOf(request) : {},
      amount: mode.amount,
      now: now(),
    });
    if (spoken !== null) return json(response, spoken.status, spoken.body);
    const story = /^\/api\/calls\/fake-([ep])-(\d+)$/.exec(path);
    if (story !== null)
      return json(response, 200, fakeStory(fakeCall(Number(story[2]), now(), story[1] === 'e')));
    return refuse(response, 404, 'notFound', 'お探しのページまたはデータが見つかりません。');
  }

  /** Inbox, notes, citizens. @returns whether the path was one of theirs. */
  function deskWork(path: string, query: URLSearchParams, response: ServerResponse): boolean {
    const items = Array.from({ length: ITEMS[mode.amount] }, (_, nth) => fakeItem(nth, now()));
    const item = /^\/api\/inbox\/item-(\d+)$/.exec(path);
    const replies: Readonly<Record<string, () => unknown>> = {
      '/api/inbox': () => ({
        items: query.get('state') === 'done' ? [] : items,
        nextCursor: mode.amount === 'many' ? 'next' : null,
      }),
      '/api/inbox/counts': () => ({
        open: items.filter(({ state }) => state === 'open').length,
        inProgress: items.filter(({ state }) => state === 'inProgress').length,
        overdue: items.filter(({ isOverdue }) => isOverdue).length,
      }),
      '/api/inbox/people': () => FAKE_PEOPLE,
      '/api/placed-calls/own': () => fakeOwnCall(mode.call, now()),
      '/api/complaints': () => (mode.amount === 'none' ? { numbers: [] } : FAKE_COMPLAINTS),
      '/api/note-choices': () => FAKE_CHOICES,
      '/api/citizens': () => fakeCitizen(query.get('number') ?? '', now(), ITEMS[mode.amount]),
    };
    const reply = path.endsWith('/note')
      ? FAKE_NO_NOTE
      : path.endsWith('/background')
        ? fakeBackground(now(), ITEMS[mode.amount])
        : item !== null
          ? fakeItemDetail(Number(item[1]), now())
          : replies[path]?.();
    if (reply === undefined) return false;
    json(response, 200, reply);
    return true;
  }

  function list(query: URLSearchParams) {
    const wanted = (name: string, value: string | null) => !query.has(name) || query.get(name) === value;
    const all = ended(ENDED[mode.amount]).filter(
      (call) =>
        (call.callerNumber ?? '').includes(query.get('number') ?? '') &&
        wanted('phoneNumber', call.phoneNumber) &&
        wanted('outcome', call.outcome) &&
        call.callDay >= (query.get('from') ?? '') &&
        call.callDay <= (query.get('to') ?? '9999'),
    );
    const from = Number(query.get('cursor') ?? 0);
    const next = from + PAGE < all.length ? String(from + PAGE) : null;
    return { calls: all.slice(from, from + PAGE), nextCursor: next };
  }

  function sentMessages(): SmsShown[] {
    const states = ['delivered', 'accepted', 'unknown', 'undeliverable', 'waiting', 'refused'] as const;
    const count = { none: 0, few: 3, many: 30 }[mode.amount];
    const old = Array.from({ length: count }, (_, nth): SmsShown => {
      const at = now() - (nth + 1) * 3_600_000;
      const long = '【○○市】国民健康保険料の納付についてのご案内です。納期限は1月31日です。';
      return {
        id: `old-${nth}`,
        to: '09000000001',
        toShown: '090-0000-0001',
        text:
          nth % 2 === 0
            ? '【○○市】手続きに必要な書類のご案内です。本人確認書類をお持ちください。'
            : long.repeat(6),
        state: states[nth % states.length] ?? 'waiting',
        parts: nth % 2 === 0 ? 1 : 4,
        costYen: ['waiting', 'refused'].includes(states[nth % states.length] ?? '')
          ? null
          : nth % 2 === 0
            ? '8.8'
            : '35.2',
        createdAt: iso(at),
        settledAt: iso(at + 2_000),
      };
    });
    return [...sent.toReversed(), ...old];
  }

  function takeSms(body: Record<string, unknown>, response: ServerResponse): void {
    const id = `sent-${sent.length}`;
    const to = String(body['to']);
    const text = String(body['text']);
    const parts = text.length <= 70 ? 1 : Math.ceil(text.length / 67);
    const at = iso(now());
    sent.push({
      id,
      to,
      toShown: to,
      text,
      state: 'delivered',
      parts,
      costYen: '8.8',
      createdAt: at,
      settledAt: at,
    });
    json(response, 202, { id });
  }

  function signIn(body: Record<string, unknown>, response: ServerResponse): void {
    if (failures >= LOCKED_AFTER) {
      refuse(
        response,
        429,
        'signInLocked',
        'ログインの失敗が続いたため、一時的にロックされています。15分ほど待ってからもう一度お試しください。',
      );
      return;
    }
    if (body['password'] !== 'correct horse') {
      failures += 1;
      refuse(response, 401, 'wrongPassword', 'メールアドレスまたはパスワードが正しくありません。');
      return;
    }
    failures = 0;
    isSignedIn = true;
    json(response, 200, { ok: true });
  }

  function openStream(response: ServerResponse): void {
    if (streamsAway) {
      refuse(response, 503, 'away', 'ただいま利用できません。');
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.write('retry: 100\n\n');
    write(response, 'snapshot', inProgress());
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }

  function write(stream: ServerResponse, event: string, calls: readonly CallSummary[]): void {
    stream.write(`event: ${event}\ndata: ${JSON.stringify({ calls, at: iso(now()) })}\n\n`);
  }

  function endSession(): void {
    isSignedIn = false;
    for (const stream of streams) stream.destroy();
  }

  function play(request: IncomingMessage, response: ServerResponse): void {
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const to = range?.[2] ? Number(range[2]) : sound.length - 1;
    response.writeHead(range === null ? 200 : 206, {
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-length': to - from + 1,
      ...(range === null ? {} : { 'content-range': `bytes ${from}-${to}/${sound.length}` }),
    });
    response.end(sound.subarray(from, to + 1));
  }

  async function file(path: string, response: ServerResponse): Promise<void> {
    const name = extname(path) === '' ? 'index.html' : normalize(path).replace(/^\/+/, '');
    try {
      const content = await readFile(join(webDist, name));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake server has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    set(change) {
      mode = { ...mode, ...change };
      outcomeTables.forget();
    },
    endSession,
    cutStreams(away) {
      streamsAway = away;
      for (const stream of streams) stream.destroy();
    },
    tell(call) {
      for (const stream of streams) write(stream, 'calls', [call]);
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function isJson(request: IncomingMessage): boolean {
  return request.headers['content-type']?.startsWith('application/json') ?? false;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  json(response, status, { code, message });
}
