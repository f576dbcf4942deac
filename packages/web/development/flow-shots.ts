import { brokenFlowFile, chooseFlowFile, sampleFlowFile } from './flow-files.ts';
import type { Shot } from './shot.ts';

/** New flows by every way, and what is done with one. */
export const FLOW_SHOTS: readonly Shot[] = [
  { name: 'new-flow-few', path: '/flows/new' },
  {
    name: 'new-flow-empty-few',
    path: '/flows/new?way=empty',
    act: async (page) => {
      await page.getByRole('button', { name: '追加して開く' }).click();
    },
  },
  {
    name: 'new-flow-problems-few',
    path: '/flows/new?way=template&template=kokuho-levy',
    act: async (page) => {
      await page.getByRole('textbox', { name: '市の名前', exact: true }).fill('見本市');
      await page.getByLabel('職員の電話番号').fill('110');
      await page.getByRole('button', { name: '追加して開く' }).click();
    },
  },
  {
    name: 'new-flow-nodes-few',
    path: '/flows/new?way=template&template=kokuho-levy',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'フローの名前' }).fill('追加できない');
      await page.getByRole('button', { name: /^ノードの一覧/ }).click();
      await page.getByRole('button', { name: '追加して開く' }).click();
      await page.getByText('追加できませんでした').waitFor();
    },
  },
  { name: 'new-flow-file-few', path: '/flows/new?way=file' },
  {
    name: 'new-flow-file-broken-few',
    path: '/flows/new?way=file',
    act: async (page) => chooseFlowFile(page, brokenFlowFile()),
  },
  {
    name: 'new-flow-file-read-few',
    path: '/flows/new?way=file',
    act: async (page) => chooseFlowFile(page, sampleFlowFile()),
  },
  {
    name: 'new-flow-file-added-few',
    path: '/flows/new?way=file',
    act: async (page) => {
      await chooseFlowFile(page, sampleFlowFile());
      await page.getByRole('button', { name: /追加して開く/ }).click();
      await page.getByText('追加したフローを開く').waitFor();
    },
  },
  ...(['copy', 'export', 'remove'] as const).map(
    (deed): Shot => ({
      name: `flows-${deed}-few`,
      path: '/flows',
      act: async (page) => {
        await page.getByRole('button', { name: '操作' }).last().click();
        const word = { copy: '写しを作る', export: 'ファイルに書き出す', remove: '削除する' }[deed];
        await page.getByRole('menuitem', { name: word }).click();
        await page.getByText(/写しを開く|書き出しました|削除しますか|削除できません/).waitFor();
      },
    }),
  ),
  {
    name: 'flows-menu-few',
    path: '/flows',
    act: async (page) => {
      await page.getByRole('button', { name: '操作' }).first().click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'studio-keys-few',
    path: '/flows/levy',
    act: async (page) => {
      await page.getByRole('button', { name: 'キーの使い方' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'studio-exported-few',
    path: '/flows/levy',
    act: async (page) => {
      await page.getByRole('button', { name: 'ファイルに書き出す' }).click();
      await page.getByText('書き出しました').waitFor();
    },
  },
];
