-- 折り返し: people whom the city has called or written to call its number.
-- What they hear in place of the campaign's scenario, frozen with the proposal as that is; null: the same.
alter table campaign add column call_back_bundle_id text references flow_bundle;
alter table campaign_proposal add column call_back_bundle_id text references flow_bundle;

-- Those that go on: nothing else moves their recipients meanwhile.
create index campaign_attempt_call_back_open on campaign_attempt (call_node) where is_call_back and state = 'talking';
