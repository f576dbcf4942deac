import { LANGUAGE_VERSION, makeRunnable, type RunnableFlow } from '@madoguchi/flow';

/** A version of our own: one announcement, heard to its end, and the end of the call. */
export function oneAnnouncement(said: {
  readonly bundleId: string;
  readonly name: string;
  readonly text: string;
}): RunnableFlow {
  const { bundleId, name, text } = said;
  const made = makeRunnable(
    {
      bundleId,
      entryFlowId: bundleId,
      flows: {
        [bundleId]: {
          languageVersion: LANGUAGE_VERSION,
          id: bundleId,
          name,
          startNodeId: 'notice',
          nodes: {
            notice: {
              kind: 'announcement',
              title: `${name}のご案内`,
              next: { next: 'end' },
              at: null,
              prompt: { type: 'text', text },
              interruptible: false,
            },
            end: { kind: 'end', title: '終了', next: {}, at: null },
          },
        },
      },
    },
    { ownNumbers: [], calendarIds: [], listIds: [], audioIds: [] },
  );
  if (!made.ok) throw new Error(`the built-in version ${bundleId} does not pass the checker`);
  return made.flow;
}
