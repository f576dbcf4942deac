import type { FlowList } from '@madoguchi/server/flow-contract';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';

export type ListedFlow = FlowList['flows'][number];

export const FLOW_DEEDS = [
  { deed: 'copy', word: '写しを作る' },
  { deed: 'export', word: 'ファイルに書き出す' },
  { deed: 'remove', word: '削除する' },
] as const;
export type FlowDeed = (typeof FLOW_DEEDS)[number]['deed'];

/** What may be done to a flow of the list. `mayEdit`: without it, only what changes nothing. */
export function FlowMenu({
  name,
  mayEdit,
  onDeed,
}: {
  name: string;
  mayEdit: boolean;
  onDeed: (deed: FlowDeed) => void;
}) {
  return (
    <MenuTrigger>
      <Button look="outline" size="small" aria-label={`操作：${name}`}>
        操作
        <Icon name="chevronDown" className="size-4" />
      </Button>
      <Popover
        placement="bottom end"
        className="rounded-8 border border-solid-gray-420 bg-white p-1 shadow-1"
      >
        <Menu className="outline-none">
          {FLOW_DEEDS.filter(({ deed }) => mayEdit || deed === 'export').map(({ deed, word }) => (
            <MenuItem
              key={deed}
              onAction={() => onDeed(deed)}
              className="min-h-10 cursor-pointer rounded-4 px-4 py-2 text-std-16N-170 data-hovered:bg-solid-gray-50"
            >
              {word}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
