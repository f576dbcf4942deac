-- Faults of the line in a row are counted from the attempts themselves: nobody ever wrote this column.
alter table campaign_recipient drop column line_failures;

-- The telephone keeps a copy of what the answers of each trunk's network mean.
create trigger outcome_table_changed after insert or update or delete on outcome_table execute function wake_settings_readers();

-- The rate of a campaign, over all telephone processes: no call is begun before this moment (campaigns/dialling/shared-pace.ts).
alter table campaign add column next_call_at timestamptz not null default '-infinity';
