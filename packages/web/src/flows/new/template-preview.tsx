import type { FlowDraft, FlowTemplate } from '@madoguchi/flow';
import { useId, useState } from 'react';
import { Fold } from '../../design/fold.tsx';
import { firstWordsOf, kindLabel, titleOf } from '../../studio/node-words.ts';

/** What the template takes for granted, what a caller hears first, and which nodes there will be. */
export function TemplatePreview({
  template: { assumptions },
  flows,
}: {
  template: FlowTemplate;
  flows: readonly FlowDraft[];
}) {
  const [isOpen, setOpen] = useState(false);
  const assumptionsId = useId();
  const firstId = useId();
  const nodes = flows.flatMap((flow) =>
    Object.entries(flow.nodes).map(([id, node]) => ({ key: `${flow.id} ${id}`, node })),
  );
  const first = nodes.map(({ node }) => firstWordsOf(node)).find((words) => words !== '');
  return (
    <div className="sticky top-4 flex flex-col gap-5">
      <section
        aria-labelledby={assumptionsId}
        className="rounded-8 border-2 border-warning-yellow-2 bg-white px-5 py-4"
      >
        <h3 id={assumptionsId} className="text-std-16B-170">
          このひな形が前提としていること
        </h3>
        <ul className="mt-1 list-disc pl-5 text-std-16N-170">
          {assumptions.map((assumption) => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      </section>
      {first === undefined ? null : (
        <section
          aria-labelledby={firstId}
          className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4"
        >
          <h3 id={firstId} className="text-std-16B-170">
            はじめに流れる案内
          </h3>
          <p className="mt-1 text-std-16N-170 break-words">{first}</p>
        </section>
      )}
      <Fold title="ノードの一覧" explanation={`${nodes.length}個`} isOpen={isOpen} onOpenChange={setOpen}>
        <ol className="text-std-16N-170">
          {nodes.map(({ key, node }) => (
            <li
              key={key}
              className="flex justify-between gap-3 border-b border-solid-gray-200 py-1 last:border-b-0"
            >
              <span>{titleOf(node)}</span>
              <span className="shrink-0 text-dns-14N-130 text-solid-gray-700">{kindLabel(node.kind)}</span>
            </li>
          ))}
        </ol>
      </Fold>
    </div>
  );
}
