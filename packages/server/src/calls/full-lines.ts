import { LANGUAGE_VERSION, makeRunnable } from '@madoguchi/flow';

/** Version that a call follows for which no line is free, where its trunk says so: it hears why nobody serves it. */
export const FULL_LINES_BUNDLE_ID = 'full-lines';

const made = makeRunnable(
  {
    bundleId: FULL_LINES_BUNDLE_ID,
    entryFlowId: 'full',
    flows: {
      full: {
        languageVersion: LANGUAGE_VERSION,
        id: 'full',
        name: '混雑',
        startNodeId: 'notice',
        nodes: {
          notice: {
            kind: 'announcement',
            title: '混雑のご案内',
            next: { next: 'end' },
            at: null,
            prompt: {
              type: 'text',
              text: 'お電話ありがとうございます。ただいま電話が大変混み合っております。申し訳ございませんが、しばらくたってから、おかけ直しください。',
            },
            interruptible: false,
          },
          end: { kind: 'end', title: '終了', next: {}, at: null },
        },
      },
    },
  },
  { ownNumbers: [], calendarIds: [], listIds: [], audioIds: [] },
);
if (!made.ok) throw new Error('the built-in flow for full lines does not pass the checker');

export const fullLines = made.flow;
