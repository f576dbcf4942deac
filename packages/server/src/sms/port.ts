/** What a gateway says of one text message handed over. */
export type SubmitOutcome =
  | { readonly type: 'accepted'; readonly gatewayMessageIds: readonly string[] }
  /** The gateway said no; `code` is its own (SMPP command_status), `retryable` where it only asks to come later. */
  | { readonly type: 'refused'; readonly code: number; readonly retryable: boolean }
  /**
   * No connection: the text, or at least one part of it, never left this machine. No telephone can show it whole, so a later try
   * repeats nothing.
   */
  | { readonly type: 'notSent' }
  /**
   * Handed over, no reply seen: it may or may not arrive. Never repeated blindly. `gatewayMessageIds` are those of
   * the parts that were accepted, for their receipts.
   */
  | {
      readonly type: 'unknown';
      readonly acceptedParts: number;
      readonly gatewayMessageIds: readonly string[];
    };

export type DeliveryReceipt = {
  readonly gatewayMessageId: string;
  readonly state: 'delivered' | 'undeliverable' | 'expired' | 'rejected' | 'unknown';
  readonly at: Date;
  /** National digits of the telephone that the receipt speaks of; null where the gateway does not say. */
  readonly from: string | null;
};

export interface SmsGateway {
  /** A receipt is acknowledged to the gateway once `onReceipt` has resolved, so that none is lost; if it rejects, the gateway sends it again. */
  start(onReceipt: (receipt: DeliveryReceipt) => Promise<void>): Promise<void>;
  /** `to` in national digits, `text` up to 660 UTF-16 units; split and joined by the gateway adapter. Never throws. */
  submit(message: {
    readonly id: string;
    readonly to: string;
    readonly text: string;
  }): Promise<SubmitOutcome>;
  readonly connected: boolean;
  stop(): Promise<void>;
}
