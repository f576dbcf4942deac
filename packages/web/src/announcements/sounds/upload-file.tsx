import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';

/** Chooses a sound file of the computer. */
export function UploadFile({ isPending, onChosen }: { isPending: boolean; onChosen: (file: File) => void }) {
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-std-16N-170">
        WAV・MP3・M4Aのファイルを使えます（50MB、10分まで）。電話で聞き取りやすい音量に、自動でそろえます。
      </p>
      <FileTrigger
        acceptedFileTypes={['.wav', '.mp3', '.m4a', 'audio/*']}
        onSelect={(files) => {
          const [file] = files ?? [];
          if (file !== undefined) onChosen(file);
        }}
      >
        <Button isPending={isPending}>
          <Icon name="voice" />
          {isPending ? '登録しています…' : 'ファイルを選ぶ'}
        </Button>
      </FileTrigger>
    </div>
  );
}
