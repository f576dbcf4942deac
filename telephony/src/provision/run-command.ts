import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Exit status; null when it could not be started or was ended by a signal. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  readonly onStdoutLine?: (line: string) => void;
}

/** Runs a program to its end and gathers what it said. Never rejects: a program that is missing has status null. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}) {
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    timeout: options.timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let unfinishedLine = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (!options.onStdoutLine) return;
    const lines = (unfinishedLine + text).split('\n');
    unfinishedLine = lines.pop() ?? '';
    for (const line of lines) options.onStdoutLine(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.on('error', (error) => resolve({ status: null, stdout, stderr: error.message }));
  child.on('close', (status) => resolve({ status, stdout, stderr }));
  return promise;
}
