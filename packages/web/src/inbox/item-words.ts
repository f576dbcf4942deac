import type { InboxDeed, InboxItem, InboxState } from '@madoguchi/server/inbox-contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';

type Label = { readonly word: string; readonly icon: IconName; readonly tone: Tone };

export const ITEM_KINDS: Readonly<
  Record<InboxItem['kind'], { readonly word: string; readonly icon: IconName }>
> = {
  voicemail: { word: '留守番録音', icon: 'microphone' },
  callBack: { word: '折り返し依頼', icon: 'phoneIn' },
  noMoreCalls: { word: '連絡を希望しない方', icon: 'cross' },
};

export const ITEM_STATES: Readonly<Record<InboxState, Label>> = {
  open: { word: '未対応', icon: 'clock', tone: 'warning' },
  inProgress: { word: '対応中', icon: 'person', tone: 'plain' },
  done: { word: '済', icon: 'check', tone: 'good' },
};

/** What a clerk did, as the history says it. */
export const DEEDS: Readonly<Record<InboxDeed, string>> = {
  take: '担当になりました',
  handOver: '引き継ぎました',
  save: '内容を変更しました',
  finish: '済にしました',
  reopen: '未対応に戻しました',
};
