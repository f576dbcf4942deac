import { spawn } from 'node:child_process';
import { SpeechError } from './speech-error.ts';

export type ToolRun = {
  readonly input?: string | Buffer;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Output beyond this ends the tool: a hostile file must not fill the memory. */
  readonly maxOutputBytes?: number;
};

export type ToolResult = { readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string };

const MAX_STDERR_CHARS = 4_000;
const TOOL_FAILED = '音声を作るプログラムを実行できませんでした。管理者にご連絡ください。';

/**
 * Runs a tool to its end. Resolves with whatever exit code it has; throws `SpeechError` when it cannot be started
 * (`toolFailed`), is too slow (`timedOut`), writes too much or is aborted. A tool that is given up is killed, and the
 * promise settles only when it is gone.
 */
export function runTool(command: string, args: readonly string[], run: ToolRun): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    if (run.signal?.aborted) {
      reject(new SpeechError('aborted', '音声の作成を中止しました。'));
      return;
    }
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    let stdoutBytes = 0;
    let stderr = '';
    let failure: SpeechError | undefined;
    const giveUp = (error: SpeechError) => {
      failure ??= error;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(
      () => giveUp(new SpeechError('timedOut', '音声の作成に時間がかかりすぎたため、中止しました。')),
      run.timeoutMs,
    );
    const onAbort = () => giveUp(new SpeechError('aborted', '音声の作成を中止しました。'));
    run.signal?.addEventListener('abort', onAbort, { once: true });
    const finish = () => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', onAbort);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (run.maxOutputBytes !== undefined && stdoutBytes > run.maxOutputBytes) {
        giveUp(
          new SpeechError('toolFailed', TOOL_FAILED, { cause: new Error(`${command}: too much output`) }),
        );
      } else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR_CHARS) stderr += chunk.toString('utf8');
    });
    child.on('error', (cause) => {
      finish();
      reject(failure ?? new SpeechError('toolFailed', TOOL_FAILED, { cause }));
    });
    child.on('close', (exitCode) => {
      finish();
      if (failure !== undefined) reject(failure);
      else resolve({ exitCode: exitCode ?? -1, stdout: Buffer.concat(stdout), stderr });
    });
    // A tool that ends before it has read everything breaks the pipe; its exit code tells the story.
    child.stdin.on('error', (cause) => {
      if (!('code' in cause) || cause.code !== 'EPIPE')
        giveUp(new SpeechError('toolFailed', TOOL_FAILED, { cause }));
    });
    child.stdin.end(run.input);
  });
}

/** The error for a tool that ended with another exit code than 0; what it was given is not in it. */
export function toolFailure(command: string, result: ToolResult): SpeechError {
  return new SpeechError('toolFailed', TOOL_FAILED, {
    cause: new Error(`${command} ended with ${result.exitCode}: ${result.stderr.slice(0, 500)}`),
  });
}

/** Like `runTool`, but an exit code other than 0 is a `SpeechError` too. */
export async function runToolOrThrow(
  command: string,
  args: readonly string[],
  run: ToolRun,
): Promise<ToolResult> {
  const result = await runTool(command, args, run);
  if (result.exitCode !== 0) throw toolFailure(command, result);
  return result;
}
