import { TRUNK_PROFILES, type TrunkDraft } from '@madoguchi/server/trunk-contract';
import type { ExplainedChoice } from '../design/choice-list.tsx';
import type { Choice } from '../design/select.tsx';

/** Words of the trunk's settings, for a clerk with the carrier's papers in hand; the carrier's own terms stand in brackets. */

export function kindWord(profileId: string): string {
  return TRUNK_PROFILES.find(({ id }) => id === profileId)?.label ?? 'そのほかの回線';
}

export function registersByKind(profileId: string): boolean {
  return TRUNK_PROFILES.find(({ id }) => id === profileId)?.registers ?? false;
}

export const TRANSPORT_WORDS = { udp: 'UDP', tcp: 'TCP', tls: 'TLS（暗号化）' } as const satisfies Record<
  TrunkDraft['transport'],
  string
>;

export const TRANSPORTS = [
  { id: 'udp', word: 'UDP', explanation: '指定がないときはこちらです。' },
  { id: 'tcp', word: 'TCP', explanation: '書類にTCPとあるとき' },
  { id: 'tls', word: 'TLS', explanation: '通信を暗号化するとき' },
] as const satisfies readonly ExplainedChoice[];

export const WHEN_FULL = [
  { id: 'busy', word: '話し中', explanation: '話し中の音が聞こえます。' },
  {
    id: 'announcement',
    word: 'アナウンス',
    explanation: '「大変混み合っております」と案内して切ります。',
  },
] as const satisfies readonly ExplainedChoice[];

export const PRESENTED = [
  { id: 'called', word: 'かけた番号', explanation: '市民がかけた、市の番号を表示します。' },
  { id: 'caller', word: '発信者の番号', explanation: '市民の番号を表示します。電話会社の許可が必要です。' },
  { id: 'fixed', word: 'いつも同じ番号', explanation: '下に入力する番号を表示します。' },
] as const satisfies readonly ExplainedChoice[];

export const YES_NO = [
  { id: 'yes', word: 'はい' },
  { id: 'no', word: 'いいえ' },
] as const satisfies readonly Choice[];

export const NUMBER_FORMATS = [
  { id: 'national', word: '国内の書き方（0725001001）' },
  { id: 'e164', word: '国番号つき（81725001001）' },
  { id: 'plusE164', word: '＋と国番号つき（+81725001001）' },
] as const satisfies readonly Choice[];

export const CODECS = [
  { id: 'ulaw', word: 'μ-law（日本でふつうの形式）' },
  { id: 'alaw', word: 'A-law' },
  { id: 'ulaw,alaw', word: '両方（μ-lawを優先）' },
  { id: 'alaw,ulaw', word: '両方（A-lawを優先）' },
] as const satisfies readonly Choice[];

export const KEY_WAYS = [
  { id: 'rfc4733', word: '音と別に届く（RFC 4733・電話イベント）' },
  { id: 'inband', word: '音で届く（みなし音声・インバンド）' },
  { id: 'info', word: '信号で届く（SIP INFO）' },
] as const satisfies readonly Choice[];

export const PROVISIONALS = [
  { id: 'off', word: '使わない' },
  { id: 'supported', word: '相手が求めれば使う' },
  { id: 'required', word: '必ず使う' },
] as const satisfies readonly Choice[];

export const TIMERS = [
  { id: 'off', word: '確かめない' },
  { id: 'accept', word: '相手が求めれば確かめる' },
  { id: 'always', word: 'こちらからも求める' },
  { id: 'required', word: '必ず確かめる（必須）' },
] as const satisfies readonly Choice[];

export const SOURCES = [
  { id: 'requestUri', word: '呼び出しの宛先（Request-URI）' },
  { id: 'to', word: '宛先欄（To）' },
  { id: 'diversion', word: '転送元（Diversion）' },
  { id: 'historyInfo', word: '経由の記録（History-Info）' },
  { id: 'pCalledPartyId', word: '着信番号欄（P-Called-Party-ID）' },
] as const satisfies readonly Choice[];
