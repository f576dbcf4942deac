import type { RecipientPreview } from '@madoguchi/server/campaign-contract';
import { DeskCallPart } from '../../announcements/desk/desk-call-part.tsx';
import { heardOf } from '../../announcements/listen-part.tsx';
import { SoundPlayer } from '../../announcements/sound-player.tsx';
import { useSpokenVoice } from '../../announcements/spoken-voice.tsx';
import { withVoice } from '../../announcements/use-preview.ts';
import type { SayingNode } from './texts-for.ts';

/** One node's texts, each to be heard here or by the clerk's telephone. */
export function SayingNodeShown({
  node,
  values,
  onHeard,
}: {
  node: SayingNode;
  values: RecipientPreview['values'];
  /** Something was listened to. */
  onHeard: () => void;
}) {
  const spoken = useSpokenVoice();
  const examples = Object.entries(values).map(([name, example]) => ({ name, word: name, example }));
  return (
    <li className="rounded-8 border border-solid-gray-300 bg-white px-4 py-2">
      <p className="text-dns-14B-130 text-solid-gray-700">{node.title}</p>
      {node.said.map(({ text, prompt }, index) => {
        const said = heardOf(prompt, examples);
        const heard = said === null ? null : withVoice(said, spoken);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the texts of a node never change places
          <div key={index} className="flex flex-wrap items-start gap-x-4 gap-y-1 py-1">
            <p className="min-w-60 grow basis-0 text-std-16N-170">{text}</p>
            <SoundPlayer order={heard} word="聞く" name={text.slice(0, 30)} onHeard={onHeard} />
            <DeskCallPart
              order={heard === null ? null : { kind: 'listen', heard }}
              word="電話機で聞く"
              onDone={onHeard}
            />
          </div>
        );
      })}
      {node.written.map((text) => (
        <p key={text} className="py-1 text-std-16N-170 whitespace-pre-wrap">
          <span className="font-bold">SMS：</span>
          {text}
        </p>
      ))}
    </li>
  );
}
