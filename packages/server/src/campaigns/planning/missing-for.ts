import type { Finding } from '@madoguchi/flow';
import type { CampaignProblem, CampaignStep } from '../../http/campaign-contract.ts';
import { longestTextUnits } from '../../sms/index.ts';
import type { CampaignSettings } from '../settings.ts';
import { lastMoment } from './start-at.ts';

export type ListFacts = {
  readonly recipients: number;
  /** Telephones that take text messages. */
  readonly mobiles: number;
  /** Values that are told and not in every row. */
  readonly lacking: readonly { readonly name: string; readonly rows: number }[];
};

export type ToPropose = {
  readonly name: string;
  readonly flow_id: string | null;
  readonly phone_number: string | null;
  readonly settings: CampaignSettings;
};

export type Surroundings = {
  readonly list: ListFacts;
  readonly findings: readonly { readonly severity: 'error' | 'warning' }[];
  /** What the checker says of the campaign's own text message. */
  readonly smsFindings: readonly Finding[];
  readonly texts: readonly { readonly isHeard: boolean }[];
  readonly failedTests: readonly unknown[];
  /** Whether the flow that people are to hear who call back is there. */
  readonly isCallBackThere: boolean;
  readonly nowMs: number;
};

/** Whether recipients may get a text message at some time. */
export function sendsTexts({ channels }: Pick<CampaignSettings, 'channels'>): boolean {
  return channels !== 'call';
}

/** What keeps a draft from being proposed, in the order of the screen's steps. Pure. */
export function missingFor(draft: ToPropose, around: Surroundings): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  const say = (step: CampaignStep, path: string, message: string) => problems.push({ step, path, message });
  const { settings } = draft;
  if (draft.flow_id === null && settings.channels !== 'sms')
    say('basics', 'flowId', '流すシナリオを選んでください。');
  if (draft.phone_number === null) say('basics', 'phoneNumber', '相手の電話に表示する番号を選んでください。');
  tellList(around.list, settings, say);
  const last = lastMoment(settings);
  if (last !== null && last <= around.nowMs)
    say('schedule', 'settings.lastDay', '終了日が過ぎています。これから先の日にしてください。');
  if (settings.callBackFlowId !== null && !around.isCallBackThere)
    say('schedule', 'settings.callBackFlowId', '折り返しの電話で流す案内を選び直してください。');
  if (sendsTexts(settings)) tellTextMessage(settings.smsText, around.smsFindings, say);
  tellScenario(around, say);
  return problems;
}

type Say = (step: CampaignStep, path: string, message: string) => void;

function tellList({ recipients, mobiles, lacking }: ListFacts, settings: CampaignSettings, say: Say): void {
  if (recipients === 0) {
    say('list', '', '名簿を取り込んでください。');
    return;
  }
  if (sendsTexts(settings) && mobiles === 0)
    say('list', '', 'SMSを送れる携帯電話の番号が、名簿にありません。');
  for (const { name, rows } of lacking)
    say('list', '', `「${name}」が空の行が${rows}件あります。名簿を直して、取り込み直してください。`);
}

function tellTextMessage(text: string, findings: readonly Finding[], say: Say): void {
  const path = 'settings.smsText';
  if (text.trim() === '') {
    say('text', path, 'SMSの文を入力してください。');
    return;
  }
  if (text.length > longestTextUnits)
    say('text', path, `SMSの文が長すぎます。${longestTextUnits}文字以内にしてください。`);
  for (const { severity, message, mend } of findings)
    if (severity === 'error') say('text', path, `${message}${mend}`);
}

function tellScenario({ findings, texts, failedTests }: Surroundings, say: Say): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) say('text', 'flowId', `シナリオに直すところが${errors}件あります。先に直してください。`);
  if (failedTests.length > 0) say('text', 'flowId', 'シナリオの確認が通らないものがあります。');
  const unheard = texts.filter(({ isHeard }) => !isHeard).length;
  if (unheard > 0)
    say('text', '', `まだ一度も聞いていない案内が${unheard}件あります。聞いて確かめてください。`);
}
