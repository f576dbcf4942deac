import type { FlowDraft } from '@madoguchi/flow';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type FlowFileMade, makeFlowFile, saveFile } from './flow-file.ts';
import type { FlowDeed, ListedFlow } from './flow-menu.tsx';
import { freeName } from './free-name.ts';
import { readFlow, readFlowWords, useFlows, useImportFlows, useRemoveFlow } from './use-flows.ts';

/** What came of the last thing done to a flow of the list. */
export type Outcome =
  | { readonly type: 'copied'; readonly flowId: string; readonly name: string }
  | { readonly type: 'exported'; readonly made: FlowFileMade }
  | { readonly type: 'removed'; readonly name: string }
  /** A number has it, so nothing was asked of the server. */
  | { readonly type: 'inUse'; readonly name: string; readonly numbers: readonly string[] }
  | { readonly type: 'removing'; readonly removal: Removal };

/** A flow that is about to be removed, as it stands now. */
export type Removal = {
  readonly flowId: string;
  readonly name: string;
  readonly version: number;
  /** Names of the flows that lead to it. */
  readonly ledToBy: readonly string[];
};

/** Copies, exports and removes flows of the list; each works on what is stored at that moment. */
export function useFlowDeeds() {
  const { data } = useFlows();
  const { mutateAsync: importFlows } = useImportFlows();
  const { mutateAsync: removeFlow } = useRemoveFlow();
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const deed = useMutation({
    mutationFn: async ({ deed, flow }: { readonly deed: FlowDeed; readonly flow: ListedFlow }) => {
      if (deed === 'remove' && flow.numbers.length > 0) {
        return { type: 'inUse', name: flow.name, numbers: flow.numbers.map(({ shown }) => shown) } as const;
      }
      const { flow: stored, others } = await readFlow(flow.flowId);
      const { draft, version } = stored;
      switch (deed) {
        case 'copy': {
          const taken = data?.flows.map(({ name }) => name) ?? [];
          const name = freeName(`${draft.name}の写し`, taken);
          const { flowIds } = await importFlows({ flows: [{ ...draft, name }], from: 'copy' });
          return { type: 'copied', flowId: flowIds[0] ?? '', name } as const;
        }
        case 'export': {
          const made = await makeFlowFile(draft, {
            others,
            at: new Date().toISOString(),
            wordsOf: readFlowWords,
          });
          if (made.ok) saveFile(made.fileName, made.text);
          return { type: 'exported', made } as const;
        }
        case 'remove': {
          const { flowId, name } = flow;
          const removal = { flowId, name, version, ledToBy: ledToBy(flowId, others) };
          return { type: 'removing', removal } as const;
        }
      }
    },
    onMutate: () => setOutcome(null),
    onSuccess: setOutcome,
  });
  const removal = useMutation({
    mutationFn: ({ flowId, version }: Removal) => removeFlow({ flowId, version }),
    onMutate: () => setOutcome(null),
    onSuccess: (_done, { name }) => {
      setOutcome({ type: 'removed', name });
      // Its row, which had the focus, is gone.
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    },
  });
  const { mutate } = deed;
  const { reset } = removal;
  const start = useCallback(
    (what: FlowDeed, flow: ListedFlow) => {
      reset();
      mutate({ deed: what, flow });
    },
    [reset, mutate],
  );

  return {
    outcome,
    error: deed.error ?? removal.error,
    isPending: deed.isPending || removal.isPending,
    start,
    remove: (which: Removal) => removal.mutate(which),
    close: () => setOutcome(null),
  };
}

/** Names of the flows that go to it without another between. */
function ledToBy(flowId: string, others: readonly FlowDraft[]): readonly string[] {
  return others
    .filter(({ nodes }) =>
      Object.values(nodes).some((node) => node.kind === 'goToFlow' && node['flowId'] === flowId),
    )
    .map(({ name }) => name);
}
