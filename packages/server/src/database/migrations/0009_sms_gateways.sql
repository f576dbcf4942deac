-- Several gateways: which of them has a text, what it already handed over of it, and what it costs there.
-- What was sent before belongs to the gateway of the file with one gateway, whose name is 'main'.
alter table sms_message
  add column gateway text,                   -- the one that the text was handed to; null while none has anything of it
  add column refused_by text[] not null default '{}', -- gateways that refused it for good and took nothing
  add column reference integer,              -- counts the texts to one telephone upward; parts of two texts never share one
  add column submitted_parts jsonb not null default '[]', -- [{part, gatewayMessageId}]: handed over, never again; null id: no answer seen
  add column gateway_parts integer,          -- submits of the whole text at that gateway: as many receipts are awaited
  add column cost_yen numeric(12, 4),        -- by the price list of that gateway; null where it has none or took nothing
  add column next_ask_at timestamptz;        -- when the gateway is asked what became of it, where it tells only then
update sms_message set gateway = 'main' where state <> 'waiting';
create unique index sms_message_reference on sms_message (to_number, reference);
create index sms_message_ask on sms_message (next_ask_at) where next_ask_at is not null;

-- Two gateways may give the same id.
alter table sms_receipt add column user_reference integer; -- our own number of the part (part-reference.ts), where the gateway gives it back
alter table sms_receipt add column gateway text not null default 'main';
alter table sms_receipt alter column gateway drop default;
alter table sms_receipt drop constraint sms_receipt_pkey;
alter table sms_receipt add primary key (gateway_message_id, gateway, state);
