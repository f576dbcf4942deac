import { setTimeout as delay } from 'node:timers/promises';
import { PidFile } from './pid-file.ts';
import { DEFAULT_RESTART, type RestartPolicy, restartDelayMs } from './restart-delay.ts';
import { type ChildSpec, startChild } from './start-child.ts';
import { SupervisorError } from './supervisor-error.ts';

/** A part that runs: a process, or anything that can end and be stopped (the embedded PostgreSQL fits as it is). */
export type RunningPart = {
  /** Written to the pid file when there is one. */
  readonly pid?: number;
  /** Resolves with the reason when it has ended, for whatever cause. */
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<void>;
};

export type StartOrder = {
  /** Aborted when the supervisor stops before the part is ready: the part should give up and reject. */
  readonly signal: AbortSignal;
  /** Tells the process id before the part is ready, so that it is in the pid file from the first moment. */
  readonly onPid: (pid: number) => void;
};

export type PartSpec = {
  readonly name: string;
  /** Resolves when the part is ready. Called again for each restart. */
  readonly start: (order: StartOrder) => Promise<RunningPart>;
  readonly restart?: RestartPolicy;
};

/**
 * States of a part: `starting` → `ready` → (it ends) → `waiting` → `starting` …; from each of them → `stopping` → `stopped`.
 * Only Part.#enter sets the state.
 */
export type PartState = 'starting' | 'ready' | 'waiting' | 'stopping' | 'stopped';

export type SupervisorEvent =
  | { readonly kind: 'state'; readonly part: string; readonly state: PartState; readonly pid?: number }
  | { readonly kind: 'ended'; readonly part: string; readonly reason: string }
  | { readonly kind: 'restart-failed'; readonly part: string; readonly reason: string };

export type SupervisedPart = {
  readonly name: string;
  readonly state: PartState;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  /** Restarts since the supervisor started it. */
  readonly restarts: number;
};

export type SupervisorOptions = {
  /** Where to write which processes are ours, e.g. `<dataRoot>/run/processes.json`. One supervisor per file. */
  readonly pidFile: string;
  /** A clock that only goes forward, in milliseconds. */
  readonly monotonicMs: () => number;
  readonly onEvent?: (event: SupervisorEvent) => void;
};

/**
 * Starts parts in order, restarts what dies, stops in reverse order. Children started by `supervise` die with it, even
 * when it is killed; what a killed one left all the same is ended by `Supervisor.open` from the pid file.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #pidFile: PidFile;
  readonly #parts: Part[] = [];
  #stopping: Promise<void> | undefined;
  readonly #stopped = Promise.withResolvers<void>();

  private constructor(options: SupervisorOptions, pidFile: PidFile) {
    this.#options = options;
    this.#pidFile = pidFile;
  }

  /** Throws SupervisorError 'already-running' when another supervisor holds the pid file. */
  static async open(options: SupervisorOptions): Promise<Supervisor> {
    return new Supervisor(options, await PidFile.open(options.pidFile));
  }

  /** Resolves when everything has been stopped. */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  get parts(): readonly SupervisedPart[] {
    return this.#parts;
  }

  /** Starts a program and keeps it running. Resolves when it is ready; throws when its first start fails. */
  supervise(spec: ChildSpec & { readonly restart?: RestartPolicy }): Promise<SupervisedPart> {
    return this.run({
      name: spec.name,
      start: (order) => startChild(spec, order),
      ...(spec.restart ? { restart: spec.restart } : {}),
    });
  }

  /** The same for a part that is no plain program, e.g. `start: () => startEmbeddedPostgres({ dataDir })`. */
  async run(spec: PartSpec): Promise<SupervisedPart> {
    if (this.#stopping)
      throw new SupervisorError('stopping', spec.name, `${spec.name}: the supervisor is stopping`);
    const part = new Part(spec, this.#options, this.#pidFile);
    this.#parts.push(part);
    await part.start();
    return part;
  }

  /** Stops all parts, the last started first. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /**
   * From now on SIGINT, SIGTERM and SIGHUP stop everything, and so does the end of the process that started us (bootstrap.mjs, by
   * its channel). `onStopping` is told first.
   */
  stopOnSignals(onStopping: () => void = () => undefined): void {
    const listener = () => {
      onStopping();
      void this.stop();
    };
    const occasions = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;
    for (const occasion of occasions) process.on(occasion, listener);
    // It may have ended before we listened.
    if (process.connected === false) listener();
    // Listening for the channel's end must not keep us alive.
    process.channel?.unref();
    void this.stopped.then(() => {
      for (const occasion of occasions) process.off(occasion, listener);
    });
  }

  async #stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.#parts.toReversed()) {
      await part.stop().catch((error: unknown) => failures.push(error));
    }
    this.#pidFile.close();
    this.#stopped.resolve();
    if (failures.length > 0) throw failures[0];
  }
}

class Part implements SupervisedPart {
  readonly name: string;
  readonly #spec: PartSpec;
  readonly #options: SupervisorOptions;
  readonly #pidFile: PidFile;
  readonly #abort = new AbortController();
  #state: PartState = 'starting';
  #running: RunningPart | undefined;
  #life: Promise<void> = Promise.resolve();
  #restarts = 0;

  constructor(spec: PartSpec, options: SupervisorOptions, pidFile: PidFile) {
    this.name = spec.name;
    this.#spec = spec;
    this.#options = options;
    this.#pidFile = pidFile;
  }

  get state(): PartState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  get restarts(): number {
    return this.#restarts;
  }

  async start(): Promise<void> {
    const { promise: first, resolve, reject } = Promise.withResolvers<void>();
    this.#life = this.#live(resolve, reject);
    return first;
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#abort.abort();
    this.#enter('stopping');
    await this.#running?.stop();
    await this.#life;
    this.#enter('stopped');
  }

  async #live(firstReady: () => void, firstFailed: (error: unknown) => void): Promise<void> {
    const policy = this.#spec.restart ?? DEFAULT_RESTART;
    for (let inARow = 0, isFirst = true; !this.#abort.signal.aborted; isFirst = false) {
      this.#enter('starting');
      const startedMs = this.#options.monotonicMs();
      try {
        await this.#liveOnce(firstReady);
      } catch (error) {
        this.#pidFile.forget(this.name);
        if (isFirst) {
          this.#enter('stopped');
          this.#abort.abort();
          return firstFailed(error);
        }
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.onEvent?.({ kind: 'restart-failed', part: this.name, reason });
      }
      if (this.#abort.signal.aborted) return;
      if (this.#options.monotonicMs() - startedMs >= policy.resetAfterMs) inARow = 0;
      this.#enter('waiting');
      await untilDelayedOrAborted(restartDelayMs(policy, inARow), this.#abort.signal);
      inARow += 1;
      this.#restarts += 1;
    }
  }

  async #liveOnce(onReady: () => void): Promise<void> {
    const onPid = (pid: number) => this.#pidFile.record(this.name, pid);
    const running = await this.#spec.start({ signal: this.#abort.signal, onPid });
    this.#running = running;
    if (running.pid !== undefined) onPid(running.pid);
    // Asked to stop while it was coming up.
    if (this.#abort.signal.aborted) await running.stop();
    else this.#enter('ready');
    onReady();
    const reason = await running.ended;
    this.#running = undefined;
    this.#pidFile.forget(this.name);
    this.#options.onEvent?.({
      kind: 'ended',
      part: this.name,
      reason: typeof reason === 'string' ? reason : 'ended',
    });
  }

  #enter(state: PartState): void {
    this.#state = state;
    const pid = this.#running?.pid;
    this.#options.onEvent?.({ kind: 'state', part: this.name, state, ...(pid === undefined ? {} : { pid }) });
  }
}

async function untilDelayedOrAborted(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
