import { z } from 'zod';

/**
 * What the simulated gateway does with the next submits. All of it is off by default; counters go down as they are used. The
 * JSON body of `PUT /behaviour` replaces what it names and leaves the rest.
 */
export const BehaviourSchema = z.strictObject({
  /** Answer submits this much later. */
  responseDelayMs: z.int().min(0).default(0),
  /** Take this many submits and never answer them. */
  dropResponses: z.int().min(0).default(0),
  /** Take the n-th submit from now (1: the next), then cut the connection instead of answering. 0: never. */
  cutAtSubmit: z.int().min(0).default(0),
  /** Cut the connection at the n-th submit from now and do not take it: to its sender this looks as the above. 0: never. */
  loseAtSubmit: z.int().min(0).default(0),
  /** Answer this many submits with ESME_RTHROTTLED and take nothing. */
  throttle: z.int().min(0).default(0),
  /** Answer this many submits with ESME_RMSGQFUL and take nothing. */
  queueFull: z.int().min(0).default(0),
  /** Take at most so many submits within any second and throttle the others. 0: no limit. */
  submitsPerSecond: z.int().min(0).default(0),
  /** Refuse texts to these numbers, in the form they come in (8190… or 090…), with ESME_RINVDSTADR. */
  refuse: z.array(z.string().regex(/^\d+$/)).default([]),
  /** Say nothing at all any more, also to enquire_link, and keep the connection. */
  deaf: z.boolean().default(false),
  /** A text received twice is received twice: no telephone looks for doubles. `undeliverable` concerns receipts only. */
  receiptState: z.enum(['delivered', 'undeliverable']).default('delivered'),
  /** What the receipts of the next submits say, in order of submit; `receiptState` when these are used up. */
  receiptStates: z.array(z.enum(['delivered', 'undeliverable'])).default([]),
  /** Every receipt comes so many times. */
  receiptTimes: z.int().min(1).max(10).default(1),
  /** Before each receipt comes one for an id that nobody was given. */
  strayReceipts: z.boolean().default(false),
  /** `hexadecimal`: the submit is answered with a hexadecimal id, which its receipt names in decimal; `decimal`: the other way round. */
  messageIdForm: z.enum(['word', 'hexadecimal', 'decimal']).default('word'),
  receiptForm: z.enum(['text', 'parameters', 'both']).default('both'),
  /** `beforeResponse`: the receipt overtakes the answer to its own submit. `reversed`: newest first, once `receiptDelayMs` passed. */
  receiptOrder: z.enum(['inOrder', 'reversed', 'beforeResponse']).default('inOrder'),
  receiptDelayMs: z.int().min(0).default(0),
});
export type Behaviour = z.infer<typeof BehaviourSchema>;

export const BehaviourChangeSchema = z.strictObject({
  responseDelayMs: z.int().min(0).max(600_000).optional(),
  dropResponses: z.int().min(0).optional(),
  cutAtSubmit: z.int().min(0).optional(),
  loseAtSubmit: z.int().min(0).optional(),
  throttle: z.int().min(0).optional(),
  queueFull: z.int().min(0).optional(),
  submitsPerSecond: z.int().min(0).optional(),
  refuse: z.array(z.string().regex(/^\d+$/)).optional(),
  deaf: z.boolean().optional(),
  receiptState: z.enum(['delivered', 'undeliverable']).optional(),
  receiptStates: z.array(z.enum(['delivered', 'undeliverable'])).optional(),
  receiptTimes: z.int().min(1).max(10).optional(),
  strayReceipts: z.boolean().optional(),
  messageIdForm: z.enum(['word', 'hexadecimal', 'decimal']).optional(),
  receiptForm: z.enum(['text', 'parameters', 'both']).optional(),
  receiptOrder: z.enum(['inOrder', 'reversed', 'beforeResponse']).optional(),
  receiptDelayMs: z.int().min(0).max(600_000).optional(),
});
export type BehaviourChange = z.infer<typeof BehaviourChangeSchema>;
