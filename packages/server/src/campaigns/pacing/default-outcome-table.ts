import type { OutcomeTable } from './outcome-of.ts';

/**
 * What Japanese networks answer. Carriers there join by SIP with the codes of RFC 3261 and translate what comes from the old network by
 * RFC 3398 (as TTC's JT-Q1912.5 does), so that most codes say one thing; where they do not, ringing, sound and time decide. Staff may
 * change the table of a trunk whose carrier says otherwise. The engine derives a Q.850 cause from the code where the network tells none: a
 * rule on a cause stands behind those on codes unless it makes a code more exact.
 */
export const DEFAULT_OUTCOME_TABLE: OutcomeTable = [
  {
    when: { answered: true, endedBy: 'them', talkWithinMs: 2_000 },
    outcome: 'hungUpAtOnce',
    because: '応答から2秒以内に相手が切った。案内の市名まで聞いていない',
  },
  { when: { answered: true }, outcome: 'answered', because: 'RFC 3261 13.2.2.4: 2xxは応答' },
  { when: { sipCodes: [486, 600] }, outcome: 'busy', because: 'RFC 3261 21.4.24、21.6.1: 話し中' },
  {
    when: { sipCodes: [603, 607] },
    outcome: 'declined',
    because: 'RFC 3261 21.6.2、RFC 8197: 相手が拒否した',
  },
  {
    when: { sipCodes: [608] },
    outcome: 'declined',
    because: 'RFC 8688: 相手の網の迷惑電話対策が拒否した',
  },
  {
    when: { sipCodes: [404, 410, 604] },
    outcome: 'unassigned',
    because: 'RFC 3261 21.4.5、21.4.11、21.6.3。RFC 3398 8.2.6.1: 欠番(1)は404、番号変更(22)は410',
  },
  {
    when: { sipCodes: [484] },
    outcome: 'unassigned',
    because: 'RFC 3398 8.2.6.1: 番号の桁が足りない(28)は484。かけ直しても同じ',
  },
  {
    when: { sipCodes: [480], q850Causes: [20] },
    outcome: 'outOfRange',
    because: 'ITU-T Q.850 原因20: 携帯電話が圏外か電源断。RFC 3398 8.2.6.1では480',
  },
  {
    when: { sipCodes: [480], earlyMedia: true, endWithinMs: 25_000 },
    outcome: 'outOfRange',
    because: '呼び出し時間いっぱいになる前に、網の案内(圏外・電源断のトーキー)を流して切られた',
  },
  {
    when: { sipCodes: [480], rang: true },
    outcome: 'unanswered',
    because: 'RFC 3398 8.2.6.1: 呼び出したが応答なし(19)は480',
  },
  {
    when: { sipCodes: [480] },
    outcome: 'outOfRange',
    because: 'RFC 3261 21.4.18: 呼び出しなしの480は、電話機が網につながっていない',
  },
  {
    when: { sipCodes: [408, 487], rang: true },
    outcome: 'unanswered',
    because: 'RFC 3261 21.4.9、21.4.25: こちらの呼び出し時間が過ぎて取りやめた',
  },
  {
    when: { sipCodes: [408, 504], rang: false },
    outcome: 'trunkRefused',
    because: 'RFC 3261 21.4.9、21.5.5: 呼び出す前に網から返事がなくなった。相手は呼ばれていない',
  },
  {
    when: { sipCodes: [401, 403, 407, 500, 501, 502, 503, 504, 505] },
    outcome: 'trunkRefused',
    because: 'RFC 3261 21.4.4、21.5: 回線側の拒否・混雑・故障。RFC 3398 8.2.6.1: 34、38、41、42、47は503',
  },
  {
    when: { sipCodes: [405, 406, 415, 420, 482, 483, 488, 489, 606] },
    outcome: 'trunkRefused',
    because: 'RFC 3261 21.4: 電話網どうしの設定の食い違い。相手は呼ばれていない',
  },
  {
    when: { q850Causes: [1, 2, 3, 22, 28] },
    outcome: 'unassigned',
    because: 'ITU-T Q.850: 欠番・番号変更・桁不足',
  },
  { when: { q850Causes: [17] }, outcome: 'busy', because: 'ITU-T Q.850 原因17: 話し中' },
  { when: { q850Causes: [20] }, outcome: 'outOfRange', because: 'ITU-T Q.850 原因20: 圏外・電源断' },
  { when: { q850Causes: [21] }, outcome: 'declined', because: 'ITU-T Q.850 原因21: 相手が拒否した' },
  {
    when: { q850Causes: [27, 34, 38, 41, 42, 44, 47] },
    outcome: 'trunkRefused',
    because: 'ITU-T Q.850: 網の故障・混雑・空き回線なし',
  },
  {
    when: { endedBy: 'us', rang: true },
    outcome: 'unanswered',
    because: '最終の返事の前に、こちらの呼び出し時間が過ぎた',
  },
  { when: { q850Causes: [18, 19], rang: true }, outcome: 'unanswered', because: 'ITU-T Q.850: 応答なし' },
];
