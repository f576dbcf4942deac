import type { Prompt, VoiceId } from '@madoguchi/flow';
import type { PreviewOrder } from '@madoguchi/server/announcement-contract';
import { useState } from 'react';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { Select } from '../design/select.tsx';
import { DeskCallPart } from './desk/desk-call-part.tsx';
import type { PromptValue } from './prompt-values.tsx';
import { SoundPlayer } from './sound-player.tsx';
import { useSpokenVoice } from './spoken-voice.tsx';
import { withVoice } from './use-preview.ts';
import { useVoices } from './voices/use-voices.ts';

type Heard = Pick<PreviewOrder, 'content' | 'examples' | 'voice'>;

/** What is asked of the server to hear a prompt; null where it says nothing yet. */
export function heardOf(prompt: Prompt, values: readonly PromptValue[]): Heard | null {
  if (prompt.type === 'audio') return { content: { type: 'audio', audioId: prompt.audioId } };
  if (prompt.text.trim() === '') return null;
  const examples = values.flatMap(({ name, example }) =>
    example === undefined ? [] : [[name, { text: example.text, readAs: example.readAs }] as const],
  );
  return { content: { type: 'text', text: prompt.text }, examples: Object.fromEntries(examples) };
}

const SPEEDS = [
  { id: 'usual', word: 'ふつう' },
  { id: 'slower', word: 'ゆっくり' },
] as const;

/** Listening to a prompt as a caller hears it: here, or by the clerk's telephone where the computer has no sound. */
export function ListenPart({
  prompt,
  values,
  onHeard,
}: {
  prompt: Prompt;
  values: readonly PromptValue[];
  /** Told each time that it was listened to, here or by telephone. */
  onHeard?: () => void;
}) {
  const [speed, setSpeed] = useState<'usual' | 'slower'>('usual');
  const spoken = useSpokenVoice();
  const [own, setOwn] = useState<VoiceId | 'usual'>('usual');
  const heard = heardOf(prompt, values);
  const order = heard === null ? null : withVoice({ ...heard, speed }, spoken ?? own);
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2 rounded-8 bg-solid-gray-50 px-4 py-3 print:hidden">
      <ChoiceBar
        label="声の速さ"
        choices={SPEEDS}
        value={speed}
        onChange={(value) => setSpeed(value === 'slower' ? 'slower' : 'usual')}
      />
      {spoken === null && prompt.type === 'text' ? <VoiceChoice voice={own} onChoose={setOwn} /> : null}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 self-end">
        <SoundPlayer order={order} word="電話の音で聞く" onHeard={onHeard} />
        <DeskCallPart
          order={order === null ? null : { kind: 'listen', heard: order }}
          word="電話機で聞く"
          {...(onHeard === undefined ? {} : { onDone: onHeard })}
        />
      </div>
    </div>
  );
}

/** Outside of a flow nobody says who speaks: the usual voice, or the one that the listener would like to try. */
function VoiceChoice({
  voice,
  onChoose,
}: {
  voice: VoiceId | 'usual';
  onChoose: (voice: VoiceId | 'usual') => void;
}) {
  const { data } = useVoices();
  if (data === undefined) return null;
  const shown = data.voices.find(({ id }) => id === (voice === 'usual' ? data.usual : voice));
  return (
    <div className="flex max-w-80 flex-col gap-1">
      <Select
        label="声"
        choices={data.voices.map(({ id, name }) => ({ id, word: name }))}
        value={shown?.id ?? null}
        onChange={(value) => onChoose(data.voices.find(({ id }) => id === value)?.id ?? 'usual')}
      />
      {shown === undefined || shown.id === data.usual ? null : (
        <p className="text-dns-14N-130 break-words text-solid-gray-700">音声: {shown.credit}</p>
      )}
    </div>
  );
}
