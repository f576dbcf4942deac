import { z } from 'zod';

/**
 * The ARI events that the adapter uses, no more. Names and fields: `rest-api/events.json` of Asterisk 22.
 */

export const AriChannelSchema = z.object({
  id: z.string(),
  /** SIP Call-ID on PJSIP channels, '' on others. */
  protocol_id: z.string().default(''),
  name: z.string(),
  state: z.string(),
  caller: z.object({ name: z.string(), number: z.string() }),
  dialplan: z.object({ context: z.string(), exten: z.string(), app_name: z.string(), app_data: z.string() }),
});
export type AriChannel = z.infer<typeof AriChannelSchema>;

export const AriBridgeSchema = z.object({ id: z.string(), channels: z.array(z.string()) });

/** What an application of ours reports of the engine; `config.name` is our `systemname`, new at each start. */
export const AriInfoSchema = z.object({
  config: z.object({ name: z.string() }),
  status: z.object({ startup_time: z.string() }),
});

const channel = AriChannelSchema;
const recording = z.object({
  name: z.string(),
  state: z.string(),
  duration: z.number().optional(),
  silence_duration: z.number().optional(),
  target_uri: z.string().default(''),
});

export const AriEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('StasisStart'), args: z.array(z.string()), channel }),
  z.object({ type: z.literal('StasisEnd'), channel }),
  z.object({ type: z.literal('ChannelStateChange'), channel }),
  z.object({
    type: z.literal('ChannelDtmfReceived'),
    timestamp: z.string(),
    digit: z.string(),
    duration_ms: z.number(),
    channel,
  }),
  z.object({
    type: z.literal('ChannelHangupRequest'),
    cause: z.int().optional(),
    /** True where our own side asked; `cause` is then no Q.850 cause but a flag of Asterisk's. */
    soft: z.boolean().optional(),
    channel,
  }),
  z.object({
    type: z.literal('ChannelDestroyed'),
    cause: z.int(),
    /** Last SIP response code of the leg. */
    tech_cause: z.int().optional(),
    channel,
  }),
  /**
   * `peer` is a leg of ours, or the dialplan's own for `caller`; `PROGRESS` is a 183, of which the channel's state says nothing.
   */
  z.object({ type: z.literal('Dial'), dialstatus: z.string(), peer: channel, caller: channel.optional() }),
  z.object({
    type: z.literal('PlaybackFinished'),
    playback: z.object({ id: z.string(), state: z.string() }),
  }),
  z.object({ type: z.literal('ChannelTalkingStarted'), channel }),
  z.object({ type: z.literal('ChannelTalkingFinished'), channel }),
  z.object({ type: z.literal('ChannelToneDetected'), channel }),
  z.object({ type: z.literal('RecordingFinished'), recording }),
  z.object({ type: z.literal('RecordingFailed'), recording }),
]);
export type AriEvent = z.infer<typeof AriEventSchema>;

/** Types that are read; all others are passed over before they are parsed. */
export const READ_TYPES: ReadonlySet<string> = new Set(
  AriEventSchema.options.map((option) => option.shape.type.value),
);

/** Types that the engine need not even send. `allowed` is not used: it would silence REST over the websocket. */
export const UNREAD_TYPES: readonly string[] = [
  'ChannelVarset',
  'ChannelDialplan',
  'ChannelCreated',
  'ChannelCallerId',
  'ChannelConnectedLine',
  'ChannelEnteredBridge',
  'ChannelLeftBridge',
  'BridgeCreated',
  'BridgeDestroyed',
  'BridgeVideoSourceChanged',
  'PlaybackStarted',
  'PlaybackContinuing',
  'RecordingStarted',
];

export const RestResponseSchema = z.object({
  type: z.literal('RESTResponse'),
  request_id: z.string(),
  status_code: z.int(),
  reason_phrase: z.string().default(''),
  message_body: z.string().default(''),
});

export const TypedSchema = z.object({ type: z.string() });
