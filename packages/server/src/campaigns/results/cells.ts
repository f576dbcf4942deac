import type { ColumnSource, ResultField, ResultMappingDraft } from '../../http/campaign-result-contract.ts';
import { meansCodeOf, resultCodeOf, resultWordsOf } from './codes.ts';
import { ANSWERED_BY_LABELS, MEANS_LABELS, meansOf, OUTCOME_LABELS } from './labels.ts';
import type { Contact } from './read-contacts.ts';

/** What lies in other tables, and is read only where a column wants it. */
export type ContactDetails = {
  readonly keys: string;
  readonly heardText: string;
  readonly smsText: string;
  readonly smsStateWords: string;
};
export const NO_DETAILS: ContactDetails = { keys: '', heardText: '', smsText: '', smsStateWords: '' };

const DETAILS: ReadonlySet<string> = new Set<ResultField>(['keys', 'heardText', 'smsText', 'smsStateWords']);

export function wantsDetails({ columns }: Pick<ResultMappingDraft, 'columns'>): boolean {
  return columns.some(({ source }) => source.type === 'field' && DETAILS.has(source.field));
}

/** The row of a contact, before anything is done for the file's encoding. */
export function cellsOf(
  contact: Contact,
  details: ContactDetails,
  mapping: ResultMappingDraft,
): readonly string[] {
  return mapping.columns.map(({ source }) => cellOf(contact, details, mapping, source));
}

function cellOf(
  contact: Contact,
  details: ContactDetails,
  mapping: ResultMappingDraft,
  source: ColumnSource,
): string {
  switch (source.type) {
    case 'constant':
      return source.text;
    case 'value':
      return Object.hasOwn(contact.values, source.name) ? (contact.values[source.name]?.text ?? '') : '';
    case 'original':
      return contact.original[source.column - 1] ?? '';
    case 'field':
      return fieldOf(contact, details, mapping, source.field);
  }
}

function fieldOf(
  contact: Contact,
  details: ContactDetails,
  { codes, dates }: ResultMappingDraft,
  field: ResultField,
): string {
  const own = (code: string) => (Object.hasOwn(codes, code) ? (codes[code] ?? code) : code);
  const dated = (time: string) => (dates === 'digits' ? time.replace(/[-: ]/g, '') : time);
  const means = meansOf(contact.channel, contact.isCallBack);
  switch (field) {
    case 'addresseeNumber':
    case 'telephone':
    case 'nameKana':
    case 'campaignName':
    case 'attemptId':
      return contact[field];
    case 'rowNo':
    case 'attemptNo':
      return String(contact[field]);
    case 'keys':
    case 'heardText':
    case 'smsText':
    case 'smsStateWords':
      return details[field];
    case 'contactedAt':
      return dated(contact.contactedAt);
    case 'promisedOn':
      return dated(contact.promisedOn ?? '');
    case 'means':
      return own(meansCodeOf(means));
    case 'meansWords':
      return MEANS_LABELS[means];
    case 'resultCode':
      return own(resultCodeOf(contact));
    case 'resultWords':
      return resultWordsOf(contact);
    case 'outcomeWords':
      return OUTCOME_LABELS[contact.outcome ?? 'unknown'];
    case 'answeredByWords':
      return contact.answeredBy === null ? '' : ANSWERED_BY_LABELS[contact.answeredBy];
    case 'consultation':
      return contact.result === 'consultation' ? '1' : '0';
    case 'version':
      return contact.version ?? '';
    case 'spokenAnswer':
      // Nothing recognises speech yet.
      return '';
    case 'sipCode':
      return contact.sipCode === null ? '' : String(contact.sipCode);
    case 'talkSeconds':
      return contact.talkSeconds === null ? '' : String(contact.talkSeconds);
  }
}
