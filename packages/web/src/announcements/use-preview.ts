import type { VoiceId } from '@madoguchi/flow';
import type { PreviewOrder } from '@madoguchi/server/announcement-contract';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { requestSound } from '../api/request.ts';
import { useSpokenVoice } from './spoken-voice.tsx';

/** `making`: the server makes the sound. */
export type PreviewState = 'idle' | 'making' | 'playing';

/** Told to the window when one sound begins, for the others to end. */
const BEGINS = 'madoguchi:sound-begins';

/**
 * Plays what a caller would hear, made by the server, in the voice of the flow around (`SpokenIn`) unless the order names another. One sound at a time in the window: a new one ends the one before it, and leaving the
 * screen takes the order back.
 */
export function usePreview(
  /** Told when a sound is over: heard to its end, not to be had, or ended by another one of the window. Not where `stop` ended it. */
  onOver?: (how: 'ended' | 'failed' | 'displaced') => void,
): {
  readonly state: PreviewState;
  /** Japanese; null where nothing went wrong. */
  readonly error: string | null;
  play(order: PreviewOrder): void;
  stop(): void;
} {
  const id = useId();
  const spoken = useSpokenVoice();
  const [state, setState] = useState<PreviewState>('idle');
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const tellOver = useRef(onOver);
  tellOver.current = onOver;

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState('idle');
  }, []);

  useEffect(() => {
    const onBegins = (event: Event) => {
      if (!(event instanceof CustomEvent) || event.detail === id) return;
      const wasRunning = running.current !== null;
      stop();
      if (wasRunning) tellOver.current?.('displaced');
    };
    window.addEventListener(BEGINS, onBegins);
    return () => {
      window.removeEventListener(BEGINS, onBegins);
      running.current?.abort();
    };
  }, [id, stop]);

  const play = useCallback(
    (order: PreviewOrder) => {
      stop();
      window.dispatchEvent(new CustomEvent(BEGINS, { detail: id }));
      const mine = new AbortController();
      running.current = mine;
      setError(null);
      setState('making');
      const { signal } = mine;
      requestSound('/api/speech/preview', { body: withVoice(order, spoken), signal })
        .then((wav) => playSound(wav, signal, () => setState('playing')))
        .then(() => 'ended' as const)
        .catch((reason: unknown) => {
          if (!signal.aborted) setError(messageOf(reason));
          return 'failed' as const;
        })
        .then((how) => {
          if (running.current !== mine) return;
          running.current = null;
          setState('idle');
          tellOver.current?.(how);
        });
    },
    [id, spoken, stop],
  );

  return { state, error, play, stop };
}

/** The same with the voice of the flow around, unless it names one itself. */
export function withVoice<T extends { voice?: VoiceId | undefined }>(
  order: T,
  spoken: VoiceId | 'usual' | null,
): T {
  return spoken === null || spoken === 'usual' ? order : { voice: spoken, ...order };
}

/** Resolves at its end. By Web Audio, since the page's CSP lets no sound element play what is not the server's own address. */
async function playSound(wav: ArrayBuffer, signal: AbortSignal, onBegin: () => void): Promise<void> {
  const context = new AudioContext();
  try {
    const buffer = await context.decodeAudioData(wav);
    if (signal.aborted) return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    await new Promise<void>((resolve) => {
      source.addEventListener('ended', () => resolve());
      signal.addEventListener('abort', () => {
        source.stop();
        resolve();
      });
      source.start();
      onBegin();
    });
  } finally {
    await context.close();
  }
}
