import type { AnnouncementShown, Usage } from '@madoguchi/server/announcement-contract';
import { withValueWords } from '../../words/value-words.ts';

/** What an announcement says, for a list. */
export function wordsOf({ content }: Pick<AnnouncementShown, 'content'>): string {
  return content.type === 'text' ? withValueWords(content.text) : content.transcript || '（録音した音声）';
}

/** 「代表電話（0725-00-1001）のフロー「…」」: where it is used. */
export function placeOf(usage: Usage): string {
  const flow = `フロー「${usage.flowName}」`;
  if (usage.kind === 'draft') return `${flow}の下書き`;
  return `${usage.phoneNumberName}（${usage.phoneNumberShown}）の${flow}`;
}

export function matches(announcement: AnnouncementShown, wanted: string): boolean {
  return `${announcement.name}\n${wordsOf(announcement)}`.includes(wanted.trim());
}
