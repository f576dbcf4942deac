import type { SubmitOutcome } from '../port.ts';
import { longestTextUnits, splitText } from '../split-text.ts';
import { toSmppAddress } from './address.ts';
import { asksToComeLater, CommandStatus } from './command-status.ts';
import type { SmppConnection } from './connection.ts';
import { pause } from './pause.ts';
import { SubmitSmRespSchema } from './pdu-schema.ts';
import { canonicalMessageId } from './receipt.ts';
import type { SmppSettings } from './settings.ts';
import { type ConcatenationReferences, type ShortMessage, toShortMessages } from './short-message.ts';
import type { SubmitWindow } from './submit-window.ts';

type Way = {
  readonly connection: SmppConnection;
  readonly window: SubmitWindow;
  readonly references: ConcatenationReferences;
  readonly settings: SmppSettings;
  /** Ends the offering of throttled parts: the whole text then waits for another try. */
  readonly signal: AbortSignal;
};

type PartOutcome =
  | { readonly type: 'accepted'; readonly id: string }
  | { readonly type: 'refused'; readonly code: number }
  | { readonly type: 'noReply' }
  | { readonly type: 'notSent' };

const ucs2DataCoding = 8;
const userDataHeaderIndicator = 0x40;

/**
 * Hands one text over, part by part. The first part goes alone: a gateway that throttles or refuses says so there, when nothing
 * of the text is on its way yet. The others follow together; one that is throttled among them is offered again, for that answer
 * says that it was not taken. After a part without an answer nothing is repeated, unless another part surely never left.
 */
export async function submitText(way: Way, to: string, text: string): Promise<SubmitOutcome> {
  const address = toSmppAddress(to, way.settings.numberFormat);
  if (address === null) return { type: 'refused', code: CommandStatus.invalidDestination, retryable: false };
  if (text.length === 0 || text.length > longestTextUnits) {
    return { type: 'refused', code: CommandStatus.invalidMessageLength, retryable: false };
  }
  const messages = toShortMessages(splitText(text), way.references.next(to));
  const common = {
    source_addr_ton: way.settings.sourceTon,
    source_addr_npi: way.settings.sourceNpi,
    source_addr: way.settings.sourceAddress,
    dest_addr_ton: address.ton,
    dest_addr_npi: address.npi,
    destination_addr: address.digits,
    data_coding: ucs2DataCoding,
  };
  const submitPart = (message: ShortMessage, index: number) =>
    way.window.run(() => request(way, message, index === messages.length - 1, common));

  const [firstMessage, ...rest] = messages;
  if (firstMessage === undefined) return { type: 'notSent' };
  const first = await submitPart(firstMessage, 0);
  if (first.type === 'notSent') return { type: 'notSent' };
  if (first.type === 'noReply') return { type: 'unknown', acceptedParts: 0, gatewayMessageIds: [] };
  if (first.type === 'refused') return { ...first, retryable: asksToComeLater(first.code) };

  const others = await Promise.all(
    rest.map((message, index) => patiently(() => submitPart(message, index + 1), way)),
  );
  return judge([first, ...others]);
}

/** The outcome of a whole text, whose first part was accepted. */
function judge(parts: readonly PartOutcome[]): SubmitOutcome {
  const ids = parts.flatMap((part) => (part.type === 'accepted' ? [part.id] : []));
  const refused = parts.find((part) => part.type === 'refused');
  // Some other part may be on its way, yet the whole text cannot arrive: that much is certain, and a new try makes no double.
  if (refused !== undefined) {
    return { type: 'refused', code: refused.code, retryable: asksToComeLater(refused.code) };
  }
  // The same holds where a part surely never left: a new try bears a new reference, and no telephone joins the two.
  if (parts.some((part) => part.type === 'notSent')) return { type: 'notSent' };
  const gatewayMessageIds = ids.filter((id) => id !== '');
  if (ids.length === parts.length) return { type: 'accepted', gatewayMessageIds };
  return { type: 'unknown', acceptedParts: ids.length, gatewayMessageIds };
}

async function patiently(
  submit: () => Promise<PartOutcome>,
  { settings, signal }: Way,
): Promise<PartOutcome> {
  const tries = Math.ceil(settings.throttledPartPatienceMs / settings.throttledPartRetryMs);
  let outcome = await submit();
  for (
    let tried = 1;
    tried <= tries && !signal.aborted && outcome.type === 'refused' && asksToComeLater(outcome.code);
    tried += 1
  ) {
    await pause(settings.throttledPartRetryMs, signal);
    if (!signal.aborted) outcome = await submit();
  }
  return outcome;
}

async function request(
  { connection, settings }: Way,
  message: ShortMessage,
  isLast: boolean,
  common: Readonly<Record<string, unknown>>,
): Promise<PartOutcome> {
  const wantsReceipt = settings.receiptsOn === 'everyPart' || (settings.receiptsOn === 'lastPart' && isLast);
  const reply = await connection.request('submit_sm', {
    ...common,
    esm_class: message.hasUserDataHeader ? userDataHeaderIndicator : 0,
    registered_delivery: wantsReceipt ? 1 : 0,
    short_message: message.octets,
  });
  if (reply.type !== 'reply') return reply;
  if (reply.status !== CommandStatus.ok) return { type: 'refused', code: reply.status };
  const body = SubmitSmRespSchema.safeParse(reply.pdu);
  // Taken all the same: an id that cannot be read only costs the receipt.
  return {
    type: 'accepted',
    id: body.success ? canonicalMessageId(body.data.message_id, settings.receiptIdForm) : '',
  };
}
