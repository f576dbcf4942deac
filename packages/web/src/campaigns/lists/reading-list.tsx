import type { CampaignList } from '@madoguchi/server/campaign-list-contract';
import { Button } from '../../design/button.tsx';
import { Progress } from '../../design/progress.tsx';
import { counted } from '../campaign-words.ts';
import { useSettleList } from './list-queries.ts';

/** While a list is read, row after row. */
export function ReadingList({ list }: { list: CampaignList }) {
  const settle = useSettleList(list.listId);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-std-16B-170">「{list.fileName}」を読み込んでいます</p>
      <Progress
        label="読み込みの進み具合"
        value={list.percent}
        total={100}
        words={`${Math.floor(list.percent)}％　${counted(list.counts.rows, '行')}まで読みました（使える行 ${counted(list.counts.usable, '行')}、除く行 ${counted(list.counts.leftOut, '行')}）`}
      />
      <div>
        <Button look="outline" size="small" isBusy={settle.isPending} onPress={() => settle.mutate('cancel')}>
          読み込みをやめる
        </Button>
      </div>
    </div>
  );
}
