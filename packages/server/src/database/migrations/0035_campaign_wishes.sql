-- With whom an attempt counts as a contact 接触: its recipient, and of several who share a telephone each, where nobody of them was met.
create view campaign_contact as
  select attempt_id, recipient_id from campaign_attempt
  union all
  select p.attempt_id, p.recipient_id from campaign_attempt_person p join campaign_attempt a using (attempt_id)
  where p.recipient_id <> a.recipient_id and a.identity is distinct from 'matched' and not a.is_call_back;

-- 連絡を希望しない, said in a call about arrears: staff deal with it.
alter table inbox_item drop constraint inbox_item_kind_check;
alter table inbox_item add constraint inbox_item_kind_check check (kind in ('voicemail', 'callBack', 'noMoreCalls'));
