import type { Action } from '@madoguchi/flow';
import type { SurvivingCall } from '../line/index.ts';
import type { Conversation } from './conversation.ts';

/**
 * Goes on with a call that the engine still has, after this process or the engine's control of it was away: what the flow waits for is
 * brought in line with what the engine holds, then the caller hears the current prompt again.
 */
export function rejoin(
  conversation: Conversation,
  survivor: SurvivingCall,
  perform: (conversation: Conversation, action: Action) => void,
): void {
  conversation.takePart();
  const { transfer } = conversation.pending;
  const leg = survivor.transfer;
  // A leg that the flow has given up: the order to end it was not heard.
  if (leg !== null && leg.id !== transfer?.id) perform(conversation, { type: 'endTransfer', id: leg.id });
  if (transfer !== null && leg?.id !== transfer.id) {
    // The order to dial was durable, but no leg is there now: it ended, or was never dialled. It is not dialled again.
    conversation.receive(
      transfer.answered
        ? { type: 'transferEnded', id: transfer.id, by: 'staff' }
        : { type: 'transferFailed', id: transfer.id, reason: 'unknown', sipCode: null, q850Cause: null },
    );
  } else if (transfer !== null && !transfer.answered && leg?.state === 'answered') {
    conversation.receive({ type: 'transferAnswered', id: transfer.id, target: leg.target });
  }
  if (survivor.answered && conversation.state?.phase === 'answering')
    conversation.receive({ type: 'answered' });
  conversation.receive({ type: 'resumed' });
}
