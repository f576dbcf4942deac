import { z } from 'zod';
import { SAMPLE_NUMBERS, type SampleNumber, sampleBundle } from '../packages/server/src/flows/index.ts';

/** What a caller of the demonstration does when he hears something: presses a key, or just goes on listening. */
export type Listening = {
  /** What must be heard whole at this place, as the flow has it. */
  readonly text: string;
  /** Pressed as soon as the first sentence of `text` was heard; then the rest need not be heard. */
  readonly press: string | null;
};

export type Scenario = {
  readonly name: 'announcement' | 'sms' | 'transfer';
  readonly title: string;
  readonly sample: SampleNumber;
  readonly citizen: string;
  readonly steps: readonly Listening[];
  /** Who ends the call: the citizen when he has heard the last step, or the system. */
  readonly endedBy: 'citizen' | 'system';
  /** Announcements of other branches: none of them may be heard. */
  readonly otherBranches: readonly string[];
  /** The text that must arrive as one, as it stands in the flow. */
  readonly smsTemplate: string | null;
};

/** Markers that the two people of the transferred call send, so that each side can be told apart (telephony/src/telephone). */
export const CITIZEN_MARKER = 3;
export const STAFF_MARKER = 5;

const NodesSchema = z.record(
  z.string(),
  z.looseObject({
    prompt: z.object({ text: z.string() }).nullish(),
    announcement: z.object({ text: z.string() }).nullish(),
    farewell: z.object({ text: z.string() }).nullish(),
    text: z.string().optional(),
  }),
);

/** Three calls, one for each way in which a call is served (IZ-1.2a), on the three sample numbers. */
export function demoScenarios(): readonly [Scenario, Scenario, Scenario] {
  const [eligibility, levy, health] = SAMPLE_NUMBERS;
  if (eligibility === undefined || levy === undefined || health === undefined)
    throw new Error('three numbers are needed');
  const said = textsOf(eligibility);
  const levySaid = textsOf(levy);
  const healthSaid = textsOf(health);
  return [
    {
      name: 'announcement',
      title: '音声案内で終わる通話',
      sample: eligibility,
      citizen: '0265000001',
      steps: [
        { text: said('greeting'), press: null },
        { text: said('mainMenu'), press: '1' },
        { text: said('topic1'), press: null },
      ],
      endedBy: 'citizen',
      otherBranches: [said('topic2'), said('topic3')],
      smsTemplate: null,
    },
    {
      name: 'sms',
      title: 'SMSの送信で終わる通話',
      sample: levy,
      citizen: '09000000002',
      steps: [
        { text: levySaid('greeting'), press: null },
        { text: levySaid('mainMenu'), press: '1' },
        { text: levySaid('topic1'), press: '1' },
        { text: levySaid('smsSent'), press: null },
      ],
      endedBy: 'system',
      otherBranches: [levySaid('topic2'), levySaid('smsFailed')],
      smsTemplate: levySaid('topic1Sms'),
    },
    {
      name: 'transfer',
      title: '職員への転送と録音で終わる通話',
      sample: health,
      citizen: '09000000003',
      steps: [
        { text: healthSaid('greeting'), press: null },
        { text: healthSaid('mainMenu'), press: '9' },
        { text: healthSaid('staff'), press: null },
        { text: healthSaid('goodbye'), press: null },
      ],
      endedBy: 'system',
      otherBranches: [healthSaid('topic1'), healthSaid('staffBusy')],
      smsTemplate: null,
    },
  ];
}

/** Looks up what a node of a sample's flow says or sends. */
function textsOf(sample: SampleNumber): (nodeId: string) => string {
  const { flows, entryFlowId } = sampleBundle(sample, 'expected');
  const nodes = NodesSchema.parse(flows[entryFlowId]?.nodes);
  return (nodeId) => {
    const node = nodes[nodeId];
    const text = node?.prompt?.text ?? node?.announcement?.text ?? node?.farewell?.text ?? node?.text;
    if (text === undefined) throw new Error(`the sample flow has no text at ${nodeId}`);
    return text;
  };
}
