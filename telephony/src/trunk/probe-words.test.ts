import { expect, test } from 'vitest';
import type { ProbeResult } from './probe-result.ts';
import { wordProbe } from './probe-words.ts';

function answered(status: number, reason: string, credentialsSent = true): ProbeResult {
  return { type: 'answered', status, reason, credentialsSent };
}

test.each<[ProbeResult, 'trunk' | 'registeringTrunk' | 'account', string, string]>([
  [answered(200, 'OK'), 'trunk', 'good', '応答がありました（200 OK）。つながっています。'],
  // OPTIONS names nobody in particular there.
  [answered(404, 'Not Found'), 'trunk', 'good', '応答がありました（404 Not Found）。つながっています。'],
  [
    answered(403, 'Forbidden'),
    'trunk',
    'warning',
    '応答がありましたが、このシステムからの問い合わせは断られました（403 Forbidden）。',
  ],
  [
    answered(401, 'Unauthorized'),
    'registeringTrunk',
    'good',
    '応答がありました（401 Unauthorized）。つながっています。',
  ],
  [
    answered(503, 'Service Unavailable'),
    'trunk',
    'warning',
    '相手の機器が混み合っています（503 Service Unavailable）。',
  ],
  [
    answered(200, 'OK'),
    'account',
    'good',
    '登録できます（200 OK）。利用者名と暗証は正しく受け付けられました。',
  ],
  [
    answered(200, 'OK', false),
    'account',
    'good',
    '登録できます（200 OK）。利用者名と暗証は求められませんでした。',
  ],
  [answered(401, 'Unauthorized'), 'account', 'bad', '利用者名か暗証が違います（401 Unauthorized）。'],
  [answered(403, 'Forbidden'), 'account', 'bad', '利用者名か暗証が違います（403 Forbidden）。'],
  [answered(404, 'Not Found'), 'account', 'bad', 'この番号は登録されていません（404 Not Found）。'],
  [answered(499, 'Odd'), 'account', 'bad', '相手の機器から断られました（499 Odd）。'],
  [answered(606, ''), 'account', 'bad', '相手の機器から断られました（606）。'],
  [{ type: 'noAnswer' }, 'trunk', 'bad', '相手の機器から応答がありません。'],
  [
    { type: 'nameNotFound', host: 'sip.example' },
    'trunk',
    'bad',
    '名前（sip.example）からアドレスが見つかりません。',
  ],
])('%j of %s is told in words (%s)', (result, asked, verdict, text) => {
  expect(wordProbe(result, asked)).toMatchObject({ verdict, text });
});

test('whatever is not well says what to do next', () => {
  const results: readonly ProbeResult[] = [
    ...[300, 400, 401, 403, 404, 405, 407, 408, 480, 500, 501, 503, 504, 600].map((status) =>
      answered(status, ''),
    ),
    { type: 'noAnswer' },
    { type: 'refused' },
    { type: 'unreachable' },
    { type: 'nameNotFound', host: 'sip.example' },
    { type: 'certificateNotTrusted', reason: 'CERT_HAS_EXPIRED' },
    { type: 'connectionLost' },
    { type: 'unreadable' },
    { type: 'challengeNotSupported' },
  ];
  for (const result of results) {
    const { verdict, advice } = wordProbe(result, 'account');
    expect([result, verdict === 'good', advice]).toEqual([result, false, expect.stringMatching(/。$/)]);
  }
});
