import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { houseOptionsFrom } from './house-environment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-gateway-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function optionsWith(contents: string) {
  const path = join(folder, 'gateway.json');
  await writeFile(path, contents);
  return houseOptionsFrom({ MADOGUCHI_SMS_GATEWAY: path }, folder);
}

const smpp = {
  host: 'smsc.example.jp',
  port: 2775,
  systemId: 'city',
  password: 'secret',
  sourceAddress: '0725001001',
};

test('the contract of an SMS gateway is read from the file that the operator names', async () => {
  const { smsGateway } = await optionsWith(JSON.stringify({ smpp }));
  expect(smsGateway?.gateways).toMatchObject([
    { name: 'main', kind: 'smpp', smpp: { ...smpp, window: 10, tls: false, longText: 'udh8' }, price: [] },
  ]);
  expect(smsGateway?.sender.resendUnknown).toEqual({ type: 'never' });
});

test('the example of the README is a file that is taken', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../../../README.md'), 'utf8');
  const example = /```json\n(.*?)\n```/s.exec(readme)?.[1] ?? '';
  const { smsGateway } = await optionsWith(example);
  expect(smsGateway?.gateways.map(({ name, kind }) => [name, kind])).toEqual([
    ['first', 'smpp'],
    ['second', 'https'],
  ]);
});

test('several contracts are read in the order of preference, with their prices', async () => {
  const https = {
    url: 'https://sms.example.jp/v1/messages',
    headers: { authorization: 'Bearer secret' },
    body: { format: 'json', template: { to: '{to}', text: '{text}' } },
    sourceAddress: '0725001001',
  };
  const { smsGateway } = await optionsWith(
    JSON.stringify({
      gateways: [
        {
          name: 'web',
          kind: 'https',
          https,
          price: [
            { uptoChars: 70, yen: 8.8 },
            { uptoChars: 660, yen: '60' },
          ],
        },
        { name: 'line', kind: 'smpp', smpp: { ...smpp, longText: 'udh16' } },
      ],
    }),
  );
  expect(smsGateway?.gateways).toMatchObject([
    { name: 'web', price: [{ yen: '8.8' }, { yen: '60' }], https: { idempotencyHeader: 'Idempotency-Key' } },
    { name: 'line', smpp: { longText: 'udh16' }, price: [] },
  ]);
});

test.each([
  [
    'two of one name',
    [
      { name: 'a', kind: 'smpp', smpp },
      { name: 'a', kind: 'smpp', smpp },
    ],
    /gateways$/,
  ],
  ['none', [], /gateways$/],
  ['a kind that does not exist', [{ name: 'a', kind: 'mail' }], /gateways\.0\.kind$/],
  [
    'prices in disorder',
    [
      {
        name: 'a',
        kind: 'smpp',
        smpp,
        price: [
          { uptoParts: 10, yen: 9 },
          { uptoParts: 1, yen: 3 },
        ],
      },
    ],
    /gateways\.0\.price$/,
  ],
  [
    'prices that leave out the longest texts',
    [{ name: 'a', kind: 'smpp', smpp, price: [{ uptoChars: 134, yen: 9 }] }],
    /gateways\.0\.price$/,
  ],
  [
    'an address without encryption',
    [
      {
        name: 'a',
        kind: 'https',
        https: { url: 'http://sms.example.jp/', body: { format: 'none' }, sourceAddress: '1' },
      },
    ],
    /gateways\.0\.https\.url$/,
  ],
])('a file with %s is not taken', async (_name, gateways, field) => {
  await expect(optionsWith(JSON.stringify({ gateways }))).rejects.toThrow(field);
});

test('a wrong contract is told by the names of its fields, never by their values', async () => {
  const wrong = optionsWith(JSON.stringify({ smpp: { ...smpp, password: 'longer-than-eight' } }));
  await expect(wrong).rejects.toThrow(/smpp\.password$/);
  await expect(wrong).rejects.not.toThrow(/longer/);
  await expect(optionsWith('{')).rejects.toThrow('JSON の形ではありません');
  expect(() => houseOptionsFrom({ MADOGUCHI_SMS_GATEWAY: join(folder, 'none') }, folder)).toThrow(
    'ファイルがありません',
  );
});

test('without a contract nothing is contracted, and addresses of proxies are checked', () => {
  expect(houseOptionsFrom({}, folder).smsGateway).toBeNull();
  const http = houseOptionsFrom({ MADOGUCHI_TRUSTED_PROXIES: '192.0.2.1, 198.51.100.0/24' }, folder).http;
  expect(http.trustedProxies).toEqual(['192.0.2.1', '198.51.100.0/24']);
  expect(() => houseOptionsFrom({ MADOGUCHI_TRUSTED_PROXIES: 'the proxy' }, folder)).toThrow(
    'MADOGUCHI_TRUSTED_PROXIES',
  );
});
