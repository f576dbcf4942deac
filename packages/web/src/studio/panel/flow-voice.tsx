import { voiceName } from '@madoguchi/flow';
import { useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { RadioGroup } from 'react-aria-components/RadioGroup';
import { useVoices } from '../../announcements/voices/use-voices.ts';
import { VoiceRow } from '../../announcements/voices/voice-row.tsx';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { StudioDialog } from '../actions/studio-dialog.tsx';
import { speakIn } from '../edit/edits.ts';
import { voiceWord } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';

/** No voice has this id: the flow then speaks as the house does, whatever that is. */
const USUAL = 'usual';

/** Who speaks to the callers of the flow, with a way to choose another. */
export function FlowVoice() {
  const { flow, state } = useStudio();
  const [isAsking, setAsking] = useState(false);
  return (
    <section
      aria-label="フローの声"
      className="flex flex-wrap items-center justify-between gap-2 rounded-8 border border-solid-gray-300 bg-white px-4 py-3"
    >
      <p className="text-std-16N-170">
        声：<strong>{voiceWord(flow)}</strong>
      </p>
      <Button look="outline" size="small" onPress={() => setAsking(true)}>
        {state.mayEdit ? '声を選ぶ' : '声を聞く'}
      </Button>
      {isAsking ? (
        <StudioDialog title="フローの声" onClose={() => setAsking(false)}>
          <VoiceForm onClose={() => setAsking(false)} />
        </StudioDialog>
      ) : null}
    </section>
  );
}

function VoiceForm({ onClose }: { onClose: () => void }) {
  const { flow, state, edit } = useStudio();
  const { data, error, refetch } = useVoices();
  const [chosen, setChosen] = useState<string>(flow.voice ?? USUAL);
  if (error !== null) {
    return (
      <Notice
        kind="error"
        title="声の一覧を読み込めませんでした"
        action={
          <Button look="outline" size="small" onPress={() => void refetch()}>
            もう一度読み込む
          </Button>
        }
      >
        {messageOf(error)}
      </Notice>
    );
  }
  if (data === undefined) return <Loading rows={4} />;
  const usual = data.voices.find(({ id }) => id === data.usual);
  const isUnknown = chosen !== USUAL && data.voices.every(({ id }) => id !== chosen);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const voice = data.voices.find(({ id }) => id === chosen)?.id;
        if (isUnknown) return;
        edit(speakIn(flow, voice));
        onClose();
      }}
    >
      <p className="text-std-16N-170">
        このフローで受けた電話に流れる声です。途中で「別のフローへ」移っても、この声のまま続きます。
      </p>
      {isUnknown ? (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊今の声「{voiceName(chosen)}」は、ここでは使えません。選び直してください。
        </p>
      ) : null}
      <RadioGroup
        value={isUnknown ? null : chosen}
        onChange={setChosen}
        isReadOnly={!state.mayEdit}
        className="flex flex-col gap-2"
      >
        <Label className="text-std-16B-170">声</Label>
        <VoiceRow
          id={USUAL}
          word={`いつもの声（${usual?.name ?? ''}）`}
          credit="この窓口で、声を選んでいないフローに使う声です。"
          voice={data.usual}
        />
        {data.voices.map(({ id, name, credit }) => (
          <VoiceRow key={id} id={id} word={name} credit={`音声: ${credit}`} voice={id} />
        ))}
      </RadioGroup>
      {state.mayEdit ? (
        <div className="flex justify-end gap-3">
          <Button look="outline" onPress={onClose}>
            やめる
          </Button>
          <Button type="submit" isDisabled={isUnknown}>
            この声にする
          </Button>
        </div>
      ) : null}
    </form>
  );
}
