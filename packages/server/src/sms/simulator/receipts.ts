import type { Behaviour } from './behaviour.ts';
import { writeReceiptBody } from './wire.ts';

export type DueReceipt = {
  readonly messageId: string;
  readonly phone: string;
  readonly sender: string;
  readonly submittedAt: Date;
  readonly state: Behaviour['receiptState'];
  readonly userReference: number | null;
};

/** The body of the deliver_sm for one receipt, in the form that the behaviour asks for. */
export function receiptBody(due: DueReceipt, behaviour: Behaviour, doneAt: Date): Buffer {
  const delivered = due.state === 'delivered';
  const text = [
    `id:${due.messageId} sub:001 dlvrd:${delivered ? '001' : '000'}`,
    `submit date:${japaneseMinute(due.submittedAt)} done date:${japaneseMinute(doneAt)}`,
    `stat:${delivered ? 'DELIVRD' : 'UNDELIV'} err:000 text:`,
  ].join(' ');
  return writeReceiptBody({
    phone: due.phone,
    to: due.sender,
    text: behaviour.receiptForm === 'parameters' ? '' : text,
    parameters:
      behaviour.receiptForm === 'text' ? null : { messageId: due.messageId, messageState: delivered ? 2 : 5 },
    userReference: due.userReference,
  });
}

/** YYMMDDhhmm in Japanese time, as the gateways of Japan write it. */
function japaneseMinute(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(2, 16).replaceAll(/[-T:]/g, '');
}
