/** A role, or a part of one, that can be asked to stop. */
export type Running = { stop(): Promise<void> };
