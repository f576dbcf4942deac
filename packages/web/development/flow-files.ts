import { exampleParameters, exportFlows, type FlowDraft, healthTemplate } from '@madoguchi/flow';
import type { Page } from 'playwright-core';

/** The text of a file with two flows, an announcement, a reading and a node that plays a recording. */
export function sampleFlowFile(): string {
  const [flow] = healthTemplate.make(exampleParameters(healthTemplate));
  if (flow === undefined) throw new Error('the template has no flow');
  const second: FlowDraft = {
    ...flow,
    id: 'music',
    name: '国保 賦課徴収',
    startNodeId: 'wait',
    nodes: {
      wait: {
        kind: 'announcement',
        title: 'お待たせの音楽',
        prompt: { type: 'audio', audioId: 'music', transcript: '音楽' },
        next: {},
        at: null,
      },
    },
  };
  const made = exportFlows({
    exportedAt: '2026-04-01T09:00:00+09:00',
    flows: [flow, second],
    announcements: [
      {
        announcementId: 'hello',
        name: '挨拶',
        prompt: { type: 'text', text: 'お電話ありがとうございます。' },
      },
    ],
    readings: [{ surface: '国保', reading: 'コクホ' }],
  });
  if (!made.ok) throw new Error(made.problems.map(({ place, message }) => `${place}: ${message}`).join());
  return made.text;
}

/** The same with a key that no telephone has, and a node of an unknown kind. */
export function brokenFlowFile(): string {
  return sampleFlowFile()
    .replace(/"key": "1"/, '"key": "A"')
    .replace(/"kind": "end"/, '"kind": "video"');
}

/** Chooses a file as somebody would, on the screen for a new flow. */
export async function chooseFlowFile(page: Page, text: string, name = 'フロー.json'): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /ファイルを選ぶ$/ }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByText(name).waitFor();
}
