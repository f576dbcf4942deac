import { exportFlows, type FileProblem, type FlowDraft, flowsLedTo } from '@madoguchi/flow';
import type { FlowWords } from '@madoguchi/server/flow-contract';
import { dayAndTime } from '../words/japanese-time.ts';

/** What came of writing a flow to a file. */
export type FlowFileMade =
  | { readonly ok: true; readonly fileName: string; readonly text: string; readonly flows: number }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * A file of the flow with all flows that it leads to, and the announcements and readings that they use, of which the server knows.
 * @param at ISO, now. @throws ApiError
 */
export async function makeFlowFile(
  flow: FlowDraft,
  {
    others,
    at,
    wordsOf,
  }: {
    readonly others: readonly FlowDraft[];
    readonly at: string;
    readonly wordsOf: (flows: readonly FlowDraft[]) => Promise<FlowWords>;
  },
): Promise<FlowFileMade> {
  const flows = flowsLedTo([flow, ...others], flow.id);
  const made = exportFlows({ exportedAt: at, flows, ...(await wordsOf(flows)) });
  return made.ok ? { ...made, fileName: fileNameOf(flow.name, at), flows: flows.length } : made;
}

const FORBIDDEN_IN_NAMES = /[\\/:*?"<>|\p{Cc}]/gu;

/** '国保 資格_2026-04-01.json', without what Windows takes in no name of a file. */
function fileNameOf(name: string, at: string): string {
  return `${name.replace(FORBIDDEN_IN_NAMES, '_').trim() || 'フロー'}_${dayAndTime(at).day}.json`;
}

/** Hands the browser a file to be kept where downloads go. */
export function saveFile(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads it after this call.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
