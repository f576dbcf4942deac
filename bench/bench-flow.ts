import { type BundleDraft, BundleDraftSchema } from '@madoguchi/flow';
import { MARKERS } from './call-plan.ts';
import { STAFF } from './plan-transfer.ts';
import { soundName } from './sounds.ts';

/** The round's conversation as a flow of the product, for the number with this index. */
export function benchFlow(number: number): BundleDraft {
  const keys = ['1', '2', '3'];
  return BundleDraftSchema.parse({
    bundleId: `bench-${number}`,
    entryFlowId: 'main',
    flows: {
      main: {
        languageVersion: 2,
        id: 'main',
        name: '計測',
        startNodeId: 'greeting',
        nodes: {
          greeting: { ...say(MARKERS.greeting(number), 'firstMenu'), givesRecordingNotice: true },
          firstMenu: menu(MARKERS.firstMenu, (key) => `first${key}`, {
            [STAFF.hangsUp.key]: 'transferShort',
            [STAFF.staysOn.key]: 'transferLong',
          }),
          transferShort: transfer(STAFF.hangsUp.number),
          transferLong: transfer(STAFF.staysOn.number),
          ...Object.fromEntries(
            keys.map((key) => [`first${key}`, say(MARKERS.firstBranch(key), 'secondMenu')]),
          ),
          secondMenu: menu(MARKERS.secondMenu, (key) => `second${key}`),
          ...Object.fromEntries(
            keys.map((key) => [`second${key}`, say(MARKERS.secondBranch(key), 'farewell')]),
          ),
          farewell: say(MARKERS.farewell, 'end'),
          end: { kind: 'end', title: '終わり' },
        },
      },
    },
  });

  function menu(
    marker: number,
    target: (key: string) => string,
    more: Readonly<Record<string, string>> = {},
  ): object {
    const targets = { ...Object.fromEntries(keys.map((key) => [key, target(key)])), ...more };
    return {
      kind: 'menu',
      title: `メニュー ${marker}`,
      prompt: prompt(marker),
      choices: Object.keys(targets).map((key) => ({ key, label: `選択 ${key}` })),
      next: {
        ...Object.fromEntries(Object.entries(targets).map(([key, to]) => [`key:${key}`, to])),
        wrongKey: 'end',
        noKey: 'end',
      },
    };
  }
}

function say(marker: number, next: string): object {
  return {
    kind: 'announcement',
    title: `目印 ${marker}`,
    prompt: prompt(marker),
    interruptible: false,
    next: { next },
  };
}

function transfer(to: string): object {
  return {
    kind: 'transfer',
    title: `職員 ${to}`,
    targets: [{ to, ringTimeoutMs: 20_000 }],
    record: true,
    next: { busy: 'end', unanswered: 'end', failed: 'end', ended: 'farewell' },
  };
}

function prompt(marker: number): object {
  return { type: 'audio', audioId: soundName(marker), transcript: `目印 ${marker}` };
}
