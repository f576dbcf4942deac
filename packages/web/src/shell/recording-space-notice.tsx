import { Notice } from '../design/notice.tsx';
import { useHealth } from './use-health.ts';

/** Says on every screen that recordings cannot be kept, or soon cannot. */
export function RecordingSpaceNotice() {
  const { recordingSpace } = useHealth().health;
  if (recordingSpace !== 'full' && recordingSpace !== 'low') return null;
  return (
    <div className="px-6 pt-4 print:hidden">
      {recordingSpace === 'full' ? (
        <Notice kind="error" title="録音を保存する場所がいっぱいです。">
          お電話はこのまま受けられますが、通話の録音と伝言は残りません。録音を保存する場所を空けるか、書き込めるかどうかを、機器の担当者にお確かめください。
        </Notice>
      ) : (
        <Notice kind="warning" title="録音を保存する場所が残りわずかです。">
          いっぱいになると、通話の録音と伝言は残りません。お早めに、機器の担当者にお知らせください。
        </Notice>
      )}
    </div>
  );
}
