import type { CallStory } from '@madoguchi/server/contract';
import { useId, useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { durationInWords } from '../words/japanese-time.ts';

type Recording = CallStory['recordings'][number];

const KINDS = { transfer: '職員との通話', voicemail: '伝言' } as const;
const SKIP_S = 10;
const SPEEDS = [1, 1.5, 2] as const;

/** Plays one recording. The browser fetches by byte range, so that going forward in a long one is quick. */
export function RecordingPlayer({ recording, nth }: { recording: Recording; nth: number }) {
  const titleId = useId();
  const audio = useRef<HTMLAudioElement>(null);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
  const [isBroken, setBroken] = useState(false);

  const skip = (seconds: number) => {
    if (audio.current !== null) audio.current.currentTime += seconds;
  };
  const nextSpeed = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current !== null) audio.current.playbackRate = next;
  };

  return (
    <article
      aria-labelledby={titleId}
      className="mt-3 rounded-8 border border-solid-gray-300 bg-white p-4 first:mt-0"
    >
      <h3 id={titleId} className="flex items-center gap-2 text-std-16B-170">
        <Icon name="microphone" />
        録音{nth}　{KINDS[recording.kind]}
        {recording.durationMs === null ? null : (
          <span className="numerals text-std-16N-170">（{durationInWords(recording.durationMs)}）</span>
        )}
      </h3>
      {recording.state === 'recording' ? (
        <p className="text-std-16N-170">いま録音しています。終わると再生できます。</p>
      ) : null}
      {recording.state === 'failed' ? (
        <Notice kind="warning" title="録音できませんでした">
          原因については、管理者にお問い合わせください。
        </Notice>
      ) : null}
      {recording.state === 'ready' ? (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: what people said on the telephone has no captions yet; speech recognition comes later */}
          <audio
            ref={audio}
            controls
            // What is fetched is audited as heard: looking at the page must not count.
            preload="none"
            src={recording.audioUrl}
            aria-label={`録音${nth}の再生`}
            onError={() => setBroken(true)}
            className="mt-2 w-full rounded-full print:hidden"
          />
          <div className="mt-2 flex flex-wrap gap-1">
            <Button look="quiet" size="small" onPress={() => skip(-SKIP_S)}>
              {SKIP_S}秒もどる
            </Button>
            <Button look="quiet" size="small" onPress={() => skip(SKIP_S)}>
              {SKIP_S}秒すすむ
            </Button>
            <Button look="quiet" size="small" onPress={nextSpeed}>
              速さ {speed}倍
            </Button>
          </div>
          {recording.kind === 'transfer' ? (
            <dl className="mt-2 grid grid-cols-2 gap-2 text-center text-dns-14N-130">
              <div className="rounded-4 bg-solid-gray-50 px-2 py-1.5">
                <dt className="font-bold">左の音</dt>
                <dd>電話をかけた方</dd>
              </div>
              <div className="rounded-4 bg-solid-gray-50 px-2 py-1.5">
                <dt className="font-bold">右の音</dt>
                <dd>職員</dd>
              </div>
            </dl>
          ) : null}
          {isBroken ? (
            <Notice kind="error" title="録音を再生できませんでした">
              ページを再読み込みして、もう一度お試しください。
            </Notice>
          ) : null}
        </>
      ) : null}
    </article>
  );
}
