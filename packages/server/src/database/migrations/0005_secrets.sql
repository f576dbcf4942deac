-- Id of the key with which the event is encrypted (AES-256-GCM; the key itself lies in the house's secrets.json); null: it lies open.
-- `event` is then {type, sealed}.
alter table call_event add column sealed_with text;
