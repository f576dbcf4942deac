import { LANGUAGE_VERSION, makeRunnable } from '@madoguchi/flow';

/** Version that calls to a number without a flow follow, so that they are answered and recorded like all others. */
export const UNASSIGNED_BUNDLE_ID = 'unassigned-number';

const made = makeRunnable(
  {
    bundleId: UNASSIGNED_BUNDLE_ID,
    entryFlowId: 'unassigned',
    flows: {
      unassigned: {
        languageVersion: LANGUAGE_VERSION,
        id: 'unassigned',
        name: '使われていない番号',
        startNodeId: 'notice',
        nodes: {
          notice: {
            kind: 'announcement',
            title: '使われていない番号のご案内',
            next: { next: 'end' },
            at: null,
            prompt: {
              type: 'text',
              text: 'おかけになった番号は、現在ご案内を行っておりません。番号をお確かめのうえ、市役所の代表番号へおかけください。',
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
if (!made.ok) throw new Error('the built-in flow for unassigned numbers does not pass the checker');

export const unassignedNumber = made.flow;
