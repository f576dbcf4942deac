import type { Prompt } from '@madoguchi/flow';
import type { PreviewOrder } from '@madoguchi/server/announcement-contract';
import { useState } from 'react';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { DeskCallPart } from './desk/desk-call-part.tsx';
import type { PromptValue } from './prompt-values.tsx';
import { SoundPlayer } from './sound-player.tsx';

type Heard = Pick<PreviewOrder, 'content' | 'examples'>;

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
  const heard = heardOf(prompt, values);
  const order = heard === null ? null : { ...heard, speed };
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2 rounded-8 bg-solid-gray-50 px-4 py-3 print:hidden">
      <ChoiceBar
        label="声の速さ"
        choices={SPEEDS}
        value={speed}
        onChange={(value) => setSpeed(value === 'slower' ? 'slower' : 'usual')}
      />
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
