import { type FormEvent, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { AnnouncementDialog } from '../announcement-dialog.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { useReadings, useSaveReading } from './use-readings.ts';

/**
 * Tells how a word is read, heard before and after.
 * @param surface the word; '' for any.
 * @param sentence in which it is heard; the word alone where there is none.
 */
export function ReadingDialog({
  surface,
  sentence,
  onClose,
}: {
  surface: string;
  sentence: string | null;
  onClose: () => void;
}) {
  const { data, error } = useReadings();
  return (
    <AnnouncementDialog title="読みを直す" onClose={onClose}>
      {error === null ? null : (
        <Notice kind="error" title="読みの辞書を読み込めませんでした">
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined && error === null ? <Loading rows={3} /> : null}
      {data === undefined ? null : (
        <ReadingForm surface={surface} sentence={sentence} stored={data.readings} onSaved={onClose} />
      )}
    </AnnouncementDialog>
  );
}

type Stored = { readonly surface: string; readonly reading: string; readonly version: number };

function ReadingForm({
  surface: firstSurface,
  sentence,
  stored,
  onSaved,
}: {
  surface: string;
  sentence: string | null;
  stored: readonly Stored[];
  onSaved: () => void;
}) {
  const [surface, setSurface] = useState(firstSurface);
  const known = stored.find((entry) => entry.surface === surface.trim());
  const [typed, setTyped] = useState<string | null>(null);
  const reading = typed ?? known?.reading ?? '';
  const [isAsked, setAsked] = useState(false);
  const save = useSaveReading();
  const isBlank = surface.trim() === '' || reading.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog is still a child of the form over which it stands: that one is not to be sent too.
    event.stopPropagation();
    setAsked(true);
    if (isBlank || save.isPending) return;
    save.mutate(
      { surface: surface.trim(), reading: reading.trim(), version: known?.version ?? null },
      { onSuccess: onSaved },
    );
  };
  const heard = sentence?.includes(surface.trim()) === true ? sentence : surface.trim();
  const content = { type: 'text', text: heard } as const;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {save.error === null ? null : (
        <Notice kind="error" title="保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      <TextField
        label="言葉"
        description="アナウンスの文章にあるとおりに入力してください。例：鬱金香"
        isRequired
        validationBehavior="aria"
        maxLength={40}
        value={surface}
        onChange={setSurface}
        errorMessage={isAsked && surface.trim() === '' ? '言葉を入力してください。' : undefined}
      />
      <TextField
        label="読み"
        description="カタカナかひらがなで入力してください。例：チューリップ"
        isRequired
        validationBehavior="aria"
        maxLength={80}
        value={reading}
        onChange={setTyped}
        errorMessage={isAsked && reading.trim() === '' ? '読みを入力してください。' : undefined}
      />
      <div className="flex flex-wrap gap-4 rounded-8 bg-solid-gray-50 px-4 py-3">
        <p className="w-full text-std-16N-170 break-words">
          {heard === '' ? '言葉と読みを入力すると、聞き比べられます。' : `「${heard}」を聞き比べる`}
        </p>
        <SoundPlayer order={surface.trim() === '' ? null : { content }} word="今の読みで聞く" />
        <SoundPlayer
          order={
            isBlank ? null : { content, trialReading: { surface: surface.trim(), reading: reading.trim() } }
          }
          word="直した読みで聞く"
        />
      </div>
      <p className="text-std-16N-170 text-solid-gray-700">
        電話の案内は、この言葉を使うフローを次に公開したときから新しい読みになります。緊急アナウンスには、数分で反映されます。
      </p>
      {/* In sight also where error messages make the dialog longer than the screen. */}
      <div className="sticky -bottom-1 flex justify-end bg-white py-2">
        <Button type="submit" isPending={save.isPending}>
          この読みを登録する
        </Button>
      </div>
    </form>
  );
}
