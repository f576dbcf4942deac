-- Texts to numbers that a caller keyed in are limited per caller, telephone and day (sms/outbox/over-limit.ts).
alter table sms_message
  add column is_keyed_in boolean not null default false, -- goes to another number than the caller's own
  add column caller_number text;                         -- national digits of who keyed it in; null where withheld
create index sms_message_keyed_in_by on sms_message (caller_number, created_at) where is_keyed_in;
