import type { DraftNode, FlowDraft } from '@madoguchi/flow';
import { Select } from '../../design/select.tsx';
import { waysOut } from '../edit/ways-out.ts';
import { titleOf } from '../node-words.ts';

/** Which of a node's ways out is meant; each tells where it leads now. */
export function WaySelect({
  flow,
  node,
  branch,
  onChange,
}: {
  flow: FlowDraft;
  node: DraftNode;
  branch: string | null;
  onChange: (branch: string) => void;
}) {
  return (
    <Select
      label="どの出口から"
      placeholder="出口がありません"
      value={branch}
      choices={waysOut(node).map((way) => {
        const target = way.target === null ? undefined : flow.nodes[way.target];
        return {
          id: way.branch,
          word: `${way.label} → ${target === undefined ? '（未設定）' : titleOf(target)}`,
        };
      })}
      onChange={onChange}
    />
  );
}

/** The way that is most likely meant: the first that leads nowhere yet, else the first. */
export function likelyWay(node: DraftNode): string | null {
  const ways = waysOut(node);
  return (ways.find(({ target }) => target === null) ?? ways[0])?.branch ?? null;
}
