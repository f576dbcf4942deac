import { nodeKinds } from '@madoguchi/flow';
import type { Page } from 'playwright-core';
import { fakeFlow } from './fake-flows.ts';
import type { Shot } from './shot.ts';

const LONG_PANEL = 1700;
const NODES = Object.entries(fakeFlow('few').nodes);
const firstOf = (kind: string) => NODES.find(([, node]) => node.kind === kind)?.[0];

async function press(page: Page, name: string | RegExp): Promise<void> {
  const toolbar = page.getByRole('toolbar', { name: 'フローの操作' });
  await toolbar.getByRole('button', { name, exact: true }).click();
}

/** The studio at work: the panel of every kind, blank and (where the sample has one) filled in, every dialog, what follows a key. */
export const STUDIO_SHOTS: readonly Shot[] = [
  ...nodeKinds.map(
    ({ kind, label }): Shot => ({
      name: `panel-blank-${kind}`,
      path: '/flows/levy',
      mode: { amount: 'none' },
      height: LONG_PANEL,
      act: async (page) => {
        await page
          .getByRole('region', { name: '追加できるノード' })
          .getByRole('button', { name: label, exact: true })
          .click();
        await page.getByRole('textbox', { name: '題名' }).waitFor();
      },
    }),
  ),
  ...nodeKinds.flatMap(({ kind }): Shot[] => {
    const node = firstOf(kind);
    return node === undefined
      ? []
      : [{ name: `panel-filled-${kind}`, path: `/flows/levy?node=${node}`, height: LONG_PANEL }];
  }),
  { name: 'reminder-flow-few', path: '/flows/saikoku-kaigo' },
  { name: 'reminder-values', path: '/flows/saikoku-kaigo', height: LONG_PANEL },
  { name: 'reminder-identity', path: '/flows/saikoku-kaigo?node=identity', height: LONG_PANEL },
  { name: 'reminder-result', path: '/flows/saikoku-kaigo?node=promisedInWeek' },
  { name: 'reminder-outline', path: '/flows/saikoku-kaigo?view=outline&node=notIdentified' },
  {
    name: 'reminder-picker',
    path: '/flows/saikoku-kaigo?node=matter',
    act: async (page) => page.getByRole('button', { name: '値を入れる' }).first().click(),
  },
  {
    name: 'reminder-trial-few',
    path: '/flows/saikoku-kaigo?mode=trial',
    act: async (page) => page.getByLabel('配信先の値「金額」').fill('9800'),
  },
  {
    name: 'reminder-trial-done',
    path: '/flows/saikoku-kaigo?mode=trial',
    height: LONG_PANEL,
    act: async (page) => {
      await page.getByRole('button', { name: '電話をかける' }).first().click();
      for (const key of ['1', '0', '1', '0', '2', '1', '2'])
        await page.getByRole('button', { name: new RegExp(`^${key}(（|$)`) }).click();
    },
  },
  { name: 'studio-node-few', path: `/flows/levy?node=${firstOf('menu')}` },
  { name: 'outline-node-few', path: `/flows/levy?view=outline&node=${firstOf('sms')}` },
  {
    name: 'studio-whole-few',
    path: '/flows/levy',
    act: async (page) => page.getByRole('button', { name: '全体を表示' }).click(),
  },
  { name: 'studio-add-few', path: '/flows/levy', act: (page) => press(page, 'ノードを追加する') },
  {
    name: 'studio-connect-few',
    path: `/flows/levy?node=${firstOf('menu')}`,
    act: (page) => press(page, 'つなぐ'),
  },
  {
    name: 'studio-search-few',
    path: '/flows/levy',
    act: async (page) => {
      await press(page, '探す');
      await page.getByLabel('探す言葉').fill('納付');
      await page.getByText('件見つかりました').waitFor();
    },
  },
  {
    name: 'studio-voice-few',
    path: '/flows/levy',
    act: async (page) => {
      await page.getByRole('button', { name: '声を選ぶ' }).click();
      await page.getByRole('radio', { name: '男性の声' }).waitFor();
    },
  },
  {
    name: 'studio-problems-few',
    path: '/flows/levy',
    act: async (page) => {
      await press(page, 'ノードを追加する');
      await page.getByRole('dialog').getByRole('button', { name: '転送', exact: true }).click();
      await page.getByRole('button', { name: /^直すところ\d/ }).click();
    },
  },
  {
    name: 'studio-conflict-few',
    path: `/flows/levy?node=${firstOf('menu')}`,
    act: async (page) => {
      await page.getByRole('textbox', { name: '題名' }).fill('ほかの人');
      await page.getByRole('button', { name: 'どちらを残すか選ぶ' }).click();
    },
  },
  {
    name: 'studio-failed-few',
    path: `/flows/levy?node=${firstOf('menu')}`,
    act: async (page) => {
      await page.getByRole('textbox', { name: '題名' }).fill('保存できない');
      await page.getByText('この画面を閉じないでください').waitFor();
    },
  },
  {
    name: 'trial-outline-few',
    path: '/flows/levy?mode=trial&view=outline',
  },
];
