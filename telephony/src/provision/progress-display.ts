import type { WriteStream } from 'node:tty';
import type { ProvisionProgress } from './provision.ts';
import { TOOL_WORDS, type ToolName } from './tools.ts';

export interface ProgressDisplay {
  readonly onProgress: (progress: ProvisionProgress) => void;
  /** Ends the display; what is shown stays. */
  readonly end: () => void;
}

const STEP_WORDS: Record<ProvisionProgress['step'], string> = {
  waiting: 'ほかの処理の終わりを待っています / waiting for another run',
  working: '準備中 / preparing',
  found: '準備済み / ready',
  done: '準備しました / done',
  failed: '失敗しました / failed',
};

/**
 * Shows one line per tool with percent and seconds: rewritten in place on a terminal, a plain line per change of step
 * elsewhere. `monotonicMs` is a clock that only goes forward.
 */
export function showProgress(
  stream: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean },
  monotonicMs: () => number,
): ProgressDisplay {
  const startedMs = monotonicMs();
  const latest = new Map<ToolName, ProvisionProgress & { readonly atMs: number }>();
  let drawnLines = 0;

  const lineOf = (progress: ProvisionProgress & { readonly atMs: number }, nowMs: number) => {
    const running = progress.step === 'working' || progress.step === 'waiting';
    const seconds = (((running ? nowMs : progress.atMs) - startedMs) / 1000).toFixed(1);
    const percent = String(Math.floor(progress.fraction * 100)).padStart(3);
    const version = progress.version === undefined ? '' : ` [${progress.version}]`;
    return `${percent}% ${seconds.padStart(5)}s  ${TOOL_WORDS[progress.tool].nameJa} ${STEP_WORDS[progress.step]}${version}`;
  };
  const draw = () => {
    const nowMs = monotonicMs();
    const up = drawnLines > 0 ? `\x1b[${drawnLines}A` : '';
    const lines = [...latest.values()].map((progress) => `\x1b[2K${lineOf(progress, nowMs)}\n`);
    stream.write(up + lines.join(''));
    drawnLines = lines.length;
  };
  const timer = stream.isTTY ? setInterval(draw, 200) : undefined;
  timer?.unref();

  return {
    onProgress: (progress) => {
      const before = latest.get(progress.tool);
      const now = { ...progress, atMs: monotonicMs() };
      latest.set(progress.tool, now);
      if (!stream.isTTY && before?.step !== progress.step) stream.write(`${lineOf(now, now.atMs)}\n`);
    },
    end: () => {
      clearInterval(timer);
      if (stream.isTTY) draw();
    },
  };
}
