import type { AnnouncementContent } from '@madoguchi/flow';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/text-field.tsx';
import { ListenPart } from './listen-part.tsx';
import type { PromptValue } from './prompt-values.tsx';
import { AudioFacts } from './sounds/audio-facts.tsx';
import { SoundDialog } from './sounds/sound-dialog.tsx';
import { useAudio } from './sounds/use-audio.ts';
import { SpokenText } from './spoken-text.tsx';

/** What is said: a text that is read aloud or a recorded sound, with listening. */
export function ContentField({
  label,
  description,
  errorMessage,
  content,
  values,
  isReadOnly = false,
  onChange,
}: {
  label: string;
  description?: string | undefined;
  errorMessage?: string | undefined;
  content: AnnouncementContent;
  values: readonly PromptValue[];
  isReadOnly?: boolean;
  onChange: (content: AnnouncementContent) => void;
}) {
  const [isChoosing, setChoosing] = useState(false);
  const words = content.type === 'text' ? content.text : content.transcript;
  return (
    <div className="flex flex-col gap-3">
      {content.type === 'text' ? (
        <SpokenText
          label={label}
          description={description}
          errorMessage={errorMessage}
          text={content.text}
          values={values}
          isReadOnly={isReadOnly}
          onChange={(text) => onChange({ type: 'text', text })}
        />
      ) : (
        <>
          <ChosenSound label={label} audioId={content.audioId} />
          {errorMessage === undefined ? null : (
            <p role="alert" className="text-std-16N-170 text-error-2">
              ＊{errorMessage}
            </p>
          )}
          <TextField
            label="録音の文章"
            description="録音で話している内容です。画面や印刷に使います。"
            rows={3}
            isReadOnly={isReadOnly}
            value={content.transcript}
            onChange={(transcript) => onChange({ ...content, transcript })}
          />
        </>
      )}
      <ListenPart prompt={content} values={values} />
      {isReadOnly ? null : (
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button look="quiet" size="small" onPress={() => setChoosing(true)}>
            {content.type === 'text' ? '録音した音声に変える' : '別の音声に変える'}
          </Button>
          {content.type === 'audio' ? (
            <Button look="quiet" size="small" onPress={() => onChange({ type: 'text', text: words })}>
              文章の読み上げに変える
            </Button>
          ) : null}
        </div>
      )}
      {isChoosing ? (
        <SoundDialog
          onClose={() => setChoosing(false)}
          onChoose={({ audioId }) => {
            setChoosing(false);
            onChange({ type: 'audio', audioId, transcript: words });
          }}
        />
      ) : null}
    </div>
  );
}

function ChosenSound({ label, audioId }: { label: string; audioId: string }) {
  const { data } = useAudio();
  const audio = data?.audio.find((each) => each.audioId === audioId);
  return (
    <div>
      <p className="text-std-16B-170">{label}</p>
      <div className="rounded-8 border border-solid-gray-300 px-4 py-2">
        <p className="text-std-16N-170 break-words">録音した音声「{audio?.name ?? audioId}」</p>
        {audio === undefined ? null : <AudioFacts audio={audio} />}
      </div>
    </div>
  );
}
