-- Who may be on the line, where one call is for several people with one telephone; no rows: the attempt's recipient alone. The attempt's
-- `recipient_id` is the first of them, and from the identity check on the one who is met.
create table campaign_attempt_person (
  attempt_id text references campaign_attempt on delete cascade,
  recipient_id bigint references campaign_recipient on delete cascade,
  primary key (attempt_id, recipient_id)
);
create index campaign_attempt_person_by_recipient on campaign_attempt_person (recipient_id);

-- A person calls back when he likes, also while the city's own attempt is on its way.
drop index campaign_attempt_one_open;
create unique index campaign_attempt_one_open on campaign_attempt (recipient_id)
  where state in ('reserved', 'dialling', 'ringing', 'talking', 'sent') and not is_call_back;
