/** A part of a text that was handed to the gateway; `part` counts from 1. */
export type SubmittedPart = {
  readonly part: number;
  /** The gateway's id, '' where it gave none; null where no answer was seen, so that it may or may not have been taken. */
  readonly gatewayMessageId: string | null;
};

/**
 * What a gateway says of one text handed over. `submitted` are all parts that it took or may have taken, those of earlier tries too;
 * no part is ever handed over a second time.
 */
export type SubmitOutcome =
  | { readonly type: 'accepted'; readonly submitted: readonly SubmittedPart[] }
  /**
   * The gateway said no; `code` is its own (SMPP command_status, HTTP status), `retryable` where it only asks to come later and took
   * nothing. Where `submitted` holds parts the text cannot become whole.
   */
  | {
      readonly type: 'refused';
      readonly code: number;
      readonly retryable: boolean;
      readonly submitted: readonly SubmittedPart[];
    }
  /** Nothing of the text left this machine: whoever sends it now repeats nothing. */
  | { readonly type: 'notSent' }
  /**
   * Some parts were handed over, the others surely not: to be gone on with at this gateway, by the same reference. `code` where it
   * asked to come later.
   */
  | { readonly type: 'partly'; readonly submitted: readonly SubmittedPart[]; readonly code: number | null }
  /** All of it was handed over, and some answers were not seen: it may or may not arrive. Never repeated blindly. */
  | { readonly type: 'unknown'; readonly submitted: readonly SubmittedPart[] };

export type OutgoingText = {
  /** Ours, the same at every try. */
  readonly id: string;
  /** National digits. */
  readonly to: string;
  /** Up to 660 UTF-16 units; split and joined by the gateway adapter. */
  readonly text: string;
  /** Counts the texts to one telephone upward, and stays the same for one text: the parts of two texts never share one. */
  readonly reference: number;
  /** Of an earlier try that ended 'partly'. */
  readonly submitted: readonly SubmittedPart[];
};

export type DeliveryReceipt = {
  readonly gatewayMessageId: string;
  readonly state: 'delivered' | 'undeliverable' | 'expired' | 'rejected' | 'unknown';
  readonly at: Date;
  /** National digits of the telephone that the receipt speaks of; null where the gateway does not say. */
  readonly from: string | null;
  /** `partReference` of the part, where the gateway gives it back: it finds a part whose submit had no answer. */
  readonly userReference: number | null;
};

/** Asked about one text that was handed over. */
export type AskedText = {
  readonly id: string;
  readonly to: string;
  /** Null where no answer to the submit was seen. */
  readonly gatewayMessageId: string | null;
};

export type AskingForReceipts = {
  /** The first pause; the later ones grow with the age of the text. */
  readonly everyMs: number;
  /** Nothing is asked any more about a text older than this. */
  readonly forMs: number;
  /** Null where the gateway cannot say yet, or not be asked now. Never throws. */
  about(text: AskedText): Promise<DeliveryReceipt | null>;
};

export interface SmsGateway {
  /** A receipt is acknowledged to the gateway once `onReceipt` has resolved, so that none is lost; if it rejects, the gateway sends it again. */
  start(onReceipt: (receipt: DeliveryReceipt) => Promise<void>): Promise<void>;
  /** Never throws. */
  submit(message: OutgoingText): Promise<SubmitOutcome>;
  /** Where the gateway tells only when asked what became of a text. */
  readonly ask: AskingForReceipts | null;
  /** False where it is no use to hand anything over now. */
  readonly connected: boolean;
  stop(): Promise<void>;
}
