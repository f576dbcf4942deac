-- The chooser looks for those who are due by call, or by text: it must not pass over the others one by one.
drop index campaign_recipient_due;
create index campaign_recipient_due on campaign_recipient (campaign_id, next_channel, next_at, recipient_id)
  where state = 'waiting';
-- what a telephone process of before left open
create index campaign_attempt_open_at_node on campaign_attempt (call_node)
  where state in ('reserved', 'dialling', 'ringing', 'talking');
