import type { UploadedAudio } from '@madoguchi/server/announcement-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { DeskRecord } from '../desk/desk-record.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { AudioFacts } from './audio-facts.tsx';
import { RecordHere } from './record-here.tsx';
import { UploadFile } from './upload-file.tsx';
import { type Upload, useUpload } from './use-audio.ts';

const WAYS = [
  { id: 'file', word: 'ファイルから' },
  { id: 'browser', word: 'この画面で録音' },
  { id: 'telephone', word: '電話機で録音' },
] as const;
type Way = (typeof WAYS)[number]['id'];

/** Brings in a new sound: from a file, by the computer's microphone, or by the clerk's telephone. */
export function NewSound({
  useWord,
  onUse,
}: {
  /** On the button that takes the sound. */
  useWord: string;
  onUse: (audio: UploadedAudio) => void;
}) {
  const [way, setWay] = useState<Way>('file');
  const [name, setName] = useState('');
  const [made, setMade] = useState<UploadedAudio | null>(null);
  const upload = useUpload();
  const send = (file: Blob, origin: Upload['origin'], fileName: string) => {
    if (upload.isPending) return;
    const named = name.trim() || fileName;
    upload.mutate({ file, origin, name: named.slice(0, 100) }, { onSuccess: setMade });
  };
  return (
    <div className="flex flex-col gap-4">
      <ChoiceBar
        label="音声の入れ方"
        choices={WAYS}
        value={way}
        onChange={(chosen) => {
          const next = WAYS.find(({ id }) => id === chosen);
          if (next === undefined) return;
          setWay(next.id);
          setMade(null);
          upload.reset();
        }}
      />
      {way === 'telephone' ? null : (
        <TextField
          label="音声の名前"
          description="空のままにすると、ファイルの名前か「録音」になります。"
          size="small"
          maxLength={100}
          value={name}
          onChange={setName}
        />
      )}
      {upload.error === null ? null : (
        <Notice kind="error" title="音声を登録できませんでした">
          {messageOf(upload.error)}
        </Notice>
      )}
      {way === 'file' ? (
        <UploadFile
          isPending={upload.isPending}
          onChosen={(file) => send(file, 'file', file.name.replace(/\.[^.]*$/, '') || '音声')}
        />
      ) : way === 'browser' ? (
        <RecordHere onRecorded={(sound) => send(sound, 'browser', '録音')} />
      ) : (
        <DeskRecord onRecorded={setMade} />
      )}
      {made === null ? null : (
        <Notice kind="success" title={`「${made.name}」を登録しました`}>
          <AudioFacts audio={made} />
          <p className="mb-2">電話をかけた方に聞こえる音を、確かめてください。</p>
          <div className="flex flex-wrap gap-3">
            <SoundPlayer
              order={{ content: { type: 'audio', audioId: made.audioId } }}
              name={made.name}
              word="聞いて確かめる"
            />
            <Button size="small" onPress={() => onUse(made)}>
              {useWord}
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}
