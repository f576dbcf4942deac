import { partReference } from '../part-reference.ts';
import type { OutgoingText, SubmitOutcome, SubmittedPart } from '../port.ts';
import { longestTextUnits } from '../split-text.ts';
import type { SubmitWindow } from '../submit-window.ts';
import { toSmppAddress } from './address.ts';
import { asksToComeLater, CommandStatus } from './command-status.ts';
import type { SmppConnection } from './connection.ts';
import { SubmitSmRespSchema } from './pdu-schema.ts';
import { canonicalMessageId } from './receipt.ts';
import type { SmppSettings } from './settings.ts';
import { type ShortMessage, toShortMessages } from './short-message.ts';

type Way = {
  readonly connection: SmppConnection;
  readonly window: SubmitWindow;
  readonly settings: SmppSettings;
  /** Ends the offering of throttled parts: the text is then gone on with another time. */
  readonly signal: AbortSignal;
};

type PartOutcome =
  | { readonly type: 'accepted'; readonly id: string }
  | { readonly type: 'refused'; readonly code: number }
  | { readonly type: 'noReply' }
  | { readonly type: 'notSent' };

type Part = { readonly part: number; readonly message: ShortMessage };
type TriedPart = { readonly part: number; readonly outcome: PartOutcome };

const notSent: PartOutcome = { type: 'notSent' };
const ucs2DataCoding = 8;
const userDataHeaderIndicator = 0x40;

/**
 * Hands over what was not handed over yet of one text, part by part. The first part of a text goes alone: a gateway that throttles or
 * refuses says so there, when nothing is on its way yet. The others follow together; one that is throttled among them is offered
 * again, for that answer says that it was not taken. A part without an answer is never repeated.
 */
export async function submitText(way: Way, text: OutgoingText): Promise<SubmitOutcome> {
  const { settings } = way;
  const address = toSmppAddress(text.to, settings.numberFormat);
  if (address === null) return refusal(CommandStatus.invalidDestination);
  if (text.text.length === 0 || text.text.length > longestTextUnits) {
    return refusal(CommandStatus.invalidMessageLength);
  }
  const messages = toShortMessages(text.text, settings.longText, text.reference);
  const common = {
    source_addr_ton: settings.sourceTon,
    source_addr_npi: settings.sourceNpi,
    source_addr: settings.sourceAddress,
    dest_addr_ton: address.ton,
    dest_addr_npi: address.npi,
    destination_addr: address.digits,
    data_coding: ucs2DataCoding,
  };
  const submit = async ({ part, message }: Part, givenBack: PartOutcome | null): Promise<TriedPart> => {
    const isLast = part === messages.length;
    const fields = settings.userMessageReference
      ? { ...common, user_message_reference: partReference(text.reference, part) }
      : common;
    const outcome = await way.window.run(
      async () => (way.signal.aborted ? notSent : await request(way, message, isLast, fields)),
      isThrottled,
      givenBack,
    );
    return { part, outcome };
  };

  const handedOver = new Set(text.submitted.map(({ part }) => part));
  const open = messages
    .map((message, index) => ({ part: index + 1, message }))
    .filter(({ part }) => !handedOver.has(part));
  const tried: TriedPart[] = [];
  const [first] = open;
  if (text.submitted.length === 0 && first !== undefined) {
    open.shift();
    const alone = await submit(first, notSent);
    tried.push(alone);
    if (alone.outcome.type === 'notSent' || alone.outcome.type === 'refused') {
      return judge(text.submitted, tried, messages.length);
    }
  }
  tried.push(...(await Promise.all(open.map((part) => patiently(() => submit(part, null), way)))));
  return judge(text.submitted, tried, messages.length);
}

function judge(earlier: readonly SubmittedPart[], tried: readonly TriedPart[], total: number): SubmitOutcome {
  const submitted = [
    ...earlier,
    ...tried.flatMap(({ part, outcome }): SubmittedPart[] => {
      if (outcome.type === 'accepted') return [{ part, gatewayMessageId: outcome.id }];
      return outcome.type === 'noReply' ? [{ part, gatewayMessageId: null }] : [];
    }),
  ].toSorted((a, b) => a.part - b.part);
  const codes = tried.flatMap(({ outcome }) => (outcome.type === 'refused' ? [outcome.code] : []));
  const final = codes.find((code) => !asksToComeLater(code));
  if (final !== undefined) return { type: 'refused', code: final, retryable: false, submitted };
  if (submitted.length === total) {
    const isCertain = submitted.every(({ gatewayMessageId }) => gatewayMessageId !== null);
    return { type: isCertain ? 'accepted' : 'unknown', submitted };
  }
  const [code] = codes;
  if (submitted.length > 0) return { type: 'partly', submitted, code: code ?? null };
  return code === undefined ? { type: 'notSent' } : { type: 'refused', code, retryable: true, submitted };
}

function refusal(code: number): SubmitOutcome {
  return { type: 'refused', code, retryable: false, submitted: [] };
}

function isThrottled(outcome: PartOutcome): boolean {
  return outcome.type === 'refused' && asksToComeLater(outcome.code);
}

/** Offers a throttled part again: the window makes the pauses. */
async function patiently(submit: () => Promise<TriedPart>, { settings, signal }: Way): Promise<TriedPart> {
  const until = performance.now() + settings.throttledPartPatienceMs;
  for (;;) {
    const tried = await submit();
    if (!isThrottled(tried.outcome) || signal.aborted || performance.now() >= until) return tried;
  }
}

async function request(
  { connection, settings }: Way,
  message: ShortMessage,
  isLast: boolean,
  common: Readonly<Record<string, string | number>>,
): Promise<PartOutcome> {
  const wantsReceipt = settings.receiptsOn === 'everyPart' || (settings.receiptsOn === 'lastPart' && isLast);
  const reply = await connection.request('submit_sm', {
    ...common,
    esm_class: message.hasUserDataHeader ? userDataHeaderIndicator : 0,
    registered_delivery: wantsReceipt ? 1 : 0,
    ...placed(message),
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

function placed({ place, octets, segment }: ShortMessage): Readonly<Record<string, unknown>> {
  if (place === 'payload') return { short_message: Buffer.alloc(0), message_payload: octets };
  if (segment === null) return { short_message: octets };
  return {
    short_message: octets,
    sar_msg_ref_num: segment.reference,
    sar_total_segments: segment.total,
    sar_segment_seqnum: segment.part,
  };
}
