import type { AnsweredBy, AttemptOutcome, ContactResult } from '../words.ts';
import { ANSWERED_BY_LABELS, MEANS_LABELS, type Means, OUTCOME_LABELS, RESULT_LABELS } from './labels.ts';

/**
 * Codes of 「標準の結果ファイル」, our own: no standard names any for contacts by telephone. What a person said comes before who answered, and that
 * before what the network told. Codes stay as they are for ever; new ones are added.
 */

const MEANS_CODES: Readonly<Record<Means, string>> = { call: '1', sms: '2', callBack: '3' };

const RESULT_CODES: Readonly<Record<ContactResult, string>> = {
  promised: '10',
  paid: '11',
  consultation: '12',
  informed: '13',
  transferred: '14',
  absent: '20',
  wrongNumber: '21',
  notIdentified: '22',
  optedOut: '23',
};

/** A person who answered and said nothing that counts, or nobody knows who, has the code of the outcome. */
const ANSWERED_BY_CODES: Readonly<Partial<Record<AnsweredBy, string>>> = {
  machine: '31',
  callScreening: '32',
  fax: '33',
};

const OUTCOME_CODES: Readonly<Record<AttemptOutcome, string>> = {
  answered: '30',
  hungUpAtOnce: '34',
  busy: '40',
  unanswered: '41',
  declined: '42',
  outOfRange: '43',
  unassigned: '44',
  smsAccepted: '50',
  smsDelivered: '51',
  smsFailed: '52',
  noLine: '90',
  trunkRefused: '91',
  cancelled: '92',
  unknown: '99',
};

export type CodedContact = {
  readonly outcome: AttemptOutcome | null;
  readonly answeredBy: AnsweredBy | null;
  readonly result: ContactResult | null;
};

export function resultCodeOf({ outcome, answeredBy, result }: CodedContact): string {
  if (result !== null) return RESULT_CODES[result];
  const byWhom = answeredBy === null ? undefined : ANSWERED_BY_CODES[answeredBy];
  return byWhom ?? OUTCOME_CODES[outcome ?? 'unknown'];
}

export function resultWordsOf({ outcome, answeredBy, result }: CodedContact): string {
  if (result !== null) return RESULT_LABELS[result];
  if (answeredBy !== null && ANSWERED_BY_CODES[answeredBy] !== undefined)
    return ANSWERED_BY_LABELS[answeredBy];
  return OUTCOME_LABELS[outcome ?? 'unknown'];
}

export function meansCodeOf(means: Means): string {
  return MEANS_CODES[means];
}

export type Code = { readonly kind: 'means' | 'result'; readonly code: string; readonly label: string };

/** All codes, by which the second file explains the first. */
export function codeTable(): readonly Code[] {
  const coded = <K extends string>(
    kind: Code['kind'],
    codes: Readonly<Partial<Record<K, string>>>,
    labels: Readonly<Record<K, string>>,
  ): Code[] =>
    Object.entries<string | undefined>(codes).flatMap(([word, code]) => {
      const label = Object.entries<string>(labels).find(([key]) => key === word)?.[1];
      return code === undefined || label === undefined ? [] : [{ kind, code, label }];
    });
  return [
    ...coded('means', MEANS_CODES, MEANS_LABELS),
    ...[
      ...coded('result', RESULT_CODES, RESULT_LABELS),
      ...coded('result', ANSWERED_BY_CODES, ANSWERED_BY_LABELS),
      ...coded('result', OUTCOME_CODES, OUTCOME_LABELS),
    ].toSorted((a, b) => (a.code < b.code ? -1 : 1)),
  ];
}
