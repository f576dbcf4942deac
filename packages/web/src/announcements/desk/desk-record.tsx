import type { DeskCall, UploadedAudio } from '@madoguchi/server/announcement-contract';
import { useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../query-keys.ts';
import { DeskCallPart } from './desk-call-part.tsx';

/** Records by the clerk's telephone, for computers without sound. */
export function DeskRecord({ onRecorded }: { onRecorded: (audio: UploadedAudio) => void }) {
  const queryClient = useQueryClient();
  const done = ({ audio }: DeskCall) => {
    if (audio === null) return;
    void queryClient.invalidateQueries({ queryKey: queryKeys.audio });
    onRecorded(audio);
  };
  return (
    <div className="flex flex-col gap-3">
      <ol className="list-decimal pl-6 text-std-16N-170">
        <li>あなたの電話機が鳴ります。受話器を取ると、案内が流れます。</li>
        <li>「ピー」という音のあとに、アナウンスの文章をお話しください。終わったら # を押します。</li>
        <li>録音した声を聞き、よければ 1、録り直すときは 2 を押します。</li>
      </ol>
      <DeskCallPart order={{ kind: 'record' }} word="電話機を鳴らして録音する" onDone={done} />
    </div>
  );
}
