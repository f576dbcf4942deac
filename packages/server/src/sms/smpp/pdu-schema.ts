import { z } from 'zod';

const octet = z.int().min(0).max(255);

/** The header of every PDU (SMPP 3.4, 3.2). `command` is the library's name for command_id, 'unknown' where it has none. */
export const HeaderSchema = z.object({
  command: z.string(),
  command_id: z.int().min(0),
  command_status: z.int().min(0),
  sequence_number: z.int().min(0),
});
export type Header = z.infer<typeof HeaderSchema>;

/** submit_sm_resp (4.4.2). Some gateways give no id, and a refusal has no body. */
export const SubmitSmRespSchema = z.object({ message_id: z.string().max(64).default('') });

/** deliver_sm (4.6.1) as far as a receipt needs it. */
export const DeliverSmSchema = z.object({
  esm_class: octet,
  data_coding: octet,
  source_addr: z.string().max(20),
  short_message: z.instanceof(Buffer),
  message_payload: z.instanceof(Buffer).optional(),
  receipted_message_id: z.string().max(64).optional(),
  message_state: octet.optional(),
  user_message_reference: z.int().min(0).max(65_535).optional(),
});
export type DeliverSm = z.infer<typeof DeliverSmSchema>;
