import { z } from 'zod';

const StatusesSchema = z.array(z.int().min(100).max(599));

/** A path into a JSON reply ('result.code', 'messages.0.id') and the values, as text, that count. */
const FieldSchema = z.strictObject({ path: z.string().min(1), values: z.array(z.string()).min(1) });

/** Texts in which {to}, {text}, {from}, {id} and, where it is known, {messageId} are filled in. */
const TemplateSchema = z.string().max(20_000);

const HttpsUrlSchema = z.string().refine((url) => URL.canParse(url) && new URL(url).protocol === 'https:');
const HeadersSchema = z.record(z.string().regex(/^[A-Za-z0-9-]+$/), TemplateSchema);

/** JSON in whose texts the same is filled in. */
type JsonTemplate =
  | string
  | number
  | boolean
  | null
  | readonly JsonTemplate[]
  | { readonly [key: string]: JsonTemplate };
const JsonTemplateSchema: z.ZodType<JsonTemplate> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(JsonTemplateSchema),
    z.record(z.string(), JsonTemplateSchema),
  ]),
);

export type { JsonTemplate };

const BodySchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('json'), template: JsonTemplateSchema }),
  z.strictObject({ format: z.literal('form'), fields: z.record(z.string(), TemplateSchema) }),
  z.strictObject({ format: z.literal('none') }),
]);

const ReceiptStatesSchema = z.strictObject({
  delivered: z.array(z.string()).min(1),
  undeliverable: z.array(z.string()).default([]),
  expired: z.array(z.string()).default([]),
  rejected: z.array(z.string()).default([]),
});

/** How the gateway tells what became of a text: by asking it. Any other status or state means that it does not know yet. */
const ReceiptsSchema = z.strictObject({
  url: HttpsUrlSchema,
  headers: HeadersSchema.default({}),
  statePath: z.string().min(1),
  states: ReceiptStatesSchema,
  everyMs: z.int().min(1).default(60_000),
  forMs: z
    .int()
    .positive()
    .default(72 * 3_600_000),
});

/**
 * What a contract with a gateway over HTTPS says. Durations in milliseconds. A reply that is neither success nor refusal nor "too
 * fast" leaves the outcome unknown.
 */
export const HttpsSettingsSchema = z.strictObject({
  url: HttpsUrlSchema,
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  headers: HeadersSchema.default({}),
  body: BodySchema,
  /** {from}: the sender that the citizen sees. */
  sourceAddress: z.string().max(20),
  /** {to}: 090…, 8190… or +8190…. */
  numberFormat: z.enum(['national', 'international', 'plus']).default('national'),
  /** Header that carries our id, the same at every try; null where the contract has none. */
  idempotencyHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .nullable()
    .default('Idempotency-Key'),
  /**
   * How often a request without an answer is sent again with the same idempotency key, at once and to this gateway only. More than 0 only
   * where the contract promises that a key is carried out once.
   */
  repeatsOfUnanswered: z.int().min(0).max(5).default(0),
  success: z
    .strictObject({ statuses: StatusesSchema.default([200, 201, 202]), field: FieldSchema.optional() })
    .prefault({}),
  /** "Too fast", and nothing was taken. */
  throttled: z
    .strictObject({ statuses: StatusesSchema.default([429]), field: FieldSchema.optional() })
    .prefault({}),
  /**
   * A final no, and nothing was taken. `field` concerns replies with a status of success. Statuses from 500 do not belong here: who
   * sends them may have taken the text.
   */
  refused: z
    .strictObject({
      statuses: z.array(z.int().min(400).max(499)).default([400, 401, 403, 404, 405, 410, 413, 415, 422]),
      field: FieldSchema.optional(),
    })
    .prefault({}),
  messageIdPath: z.string().min(1).optional(),
  receipts: ReceiptsSchema.optional(),
  /** Certificates (PEM) of the authority that vouches for the gateway, where no public one does. */
  ca: z.string().min(1).optional(),
  /** Requests unanswered at the same time, at most. */
  window: z.int().min(1).max(100).default(5),
  /** 0: as fast as the window allows. */
  requestsPerSecond: z.number().min(0).default(0),
  throttlePauseMinMs: z.int().positive().default(250),
  throttlePauseMaxMs: z.int().positive().default(10_000),
  /** How long a text that nothing was handed over of waits for its turn meanwhile before the outbox takes it back. */
  throttledTurnPatienceMs: z.int().positive().default(10_000),
  connectTimeoutMs: z.int().positive().default(10_000),
  responseTimeoutMs: z.int().positive().default(30_000),
  /** Pauses before a gateway that cannot be reached is tried again. */
  reconnectMinMs: z.int().positive().default(1_000),
  reconnectMaxMs: z.int().positive().default(30_000),
});
export type HttpsSettings = z.infer<typeof HttpsSettingsSchema>;
