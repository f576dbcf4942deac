import { useCallback, useEffect, useRef, useState } from 'react';

/** `idle` → `asking` (for the microphone) → `recording` → `idle`; `refused` where there is none to be had. */
export type RecorderState = 'idle' | 'asking' | 'recording';

const LONGEST_MS = 10 * 60_000;

/** What went wrong, in words, by the names that browsers give it (Media Capture and Streams §10). */
function wordsFor(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return 'マイクの使用が許可されていません。アドレスの左にある鍵の印を押して「マイク」を許可するか、「電話機で録音」をお使いください。';
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'マイクが見つかりません。マイクをつなぐか、「電話機で録音」をお使いください。';
  if (name === 'NotReadableError')
    return 'マイクを、ほかのソフトが使っています。そのソフトを閉じてから、もう一度お試しください。';
  return '録音を始められませんでした。「ファイルから」または「電話機で録音」をお使いください。';
}

/**
 * Records by the computer's microphone.
 * @param onRecorded is given the sound, as the browser records it (WebM or MP4).
 */
export function useRecorder(onRecorded: (sound: Blob) => void): {
  readonly state: RecorderState;
  /** Japanese; null where nothing went wrong. */
  readonly error: string | null;
  /** Of what is being recorded, in ms. */
  readonly lengthMs: number;
  start(): void;
  stop(): void;
} {
  const [state, setState] = useState<RecorderState>('idle');
  const [error, setError] = useState<string | null>(null);
  const [lengthMs, setLengthMs] = useState(0);
  const recorder = useRef<MediaRecorder | null>(null);
  const isGone = useRef(false);

  const stop = useCallback(() => recorder.current?.stop(), []);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      for (const track of recorder.current?.stream.getTracks() ?? []) track.stop();
    };
  }, []);

  useEffect(() => {
    if (state !== 'recording') return;
    const begun = performance.now();
    const timer = setInterval(() => {
      const length = performance.now() - begun;
      setLengthMs(length);
      if (length >= LONGEST_MS) stop();
    }, 250);
    return () => clearInterval(timer);
  }, [state, stop]);

  const start = useCallback(() => {
    setError(null);
    setLengthMs(0);
    setState('asking');
    record((begun) => {
      recorder.current = begun;
      if (isGone.current) for (const track of begun.stream.getTracks()) track.stop();
      else setState('recording');
    })
      .then((sound) => {
        if (!isGone.current) onRecorded(sound);
      })
      .catch((reason: unknown) => setError(wordsFor(reason)))
      .finally(() => {
        recorder.current = null;
        setState('idle');
      });
  }, [onRecorded]);

  return { state, error, lengthMs, start, stop };
}

/** Resolves once the recorder is stopped. */
async function record(onBegin: (recorder: MediaRecorder) => void): Promise<Blob> {
  // Browsers offer no microphone at all to pages that came unencrypted from another machine.
  if (navigator.mediaDevices === undefined) throw new DOMException('', 'SecurityError');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false } });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
  recorder.start();
  onBegin(recorder);
  await stopped;
  for (const track of stream.getTracks()) track.stop();
  return new Blob(pieces, { type: recorder.mimeType });
}
