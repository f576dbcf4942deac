import type { ChangedText } from '@madoguchi/server/publish-contract';
import { ListenPart } from '../announcements/listen-part.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { withValueWords } from '../words/value-words.ts';

/** What callers would hear for the first time. Nothing of it is published before somebody has listened to it. */
export function TextsToHear({
  texts,
  onHeard,
}: {
  texts: readonly ChangedText[];
  /** Something was listened to, here or by telephone. */
  onHeard: () => void;
}) {
  if (texts.length === 0) return <p className="text-std-16N-170">新しい案内はありません。</p>;
  return (
    <ul className="flex flex-col gap-2">
      {texts.map((text) => (
        <li
          key={`${text.flowId} ${text.nodeId} ${JSON.stringify(text.prompt)}`}
          className="flex flex-wrap items-start gap-3 rounded-8 border border-solid-gray-300 bg-white px-3 py-2"
        >
          {text.isHeard ? (
            <StateLabel word="聞きました" icon="check" tone="good" />
          ) : (
            <StateLabel word="まだ聞いていません" icon="speaker" tone="warning" />
          )}
          <div className="min-w-0 grow text-std-16N-170">
            <p className="font-bold">{text.title}</p>
            <p>
              {text.prompt.type === 'text'
                ? withValueWords(text.prompt.text)
                : text.prompt.transcript || '登録した音声'}
            </p>
            <ListenPart prompt={text.prompt} values={[]} onHeard={onHeard} />
          </div>
        </li>
      ))}
    </ul>
  );
}
