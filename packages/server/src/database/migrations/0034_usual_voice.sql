-- The voice いつもの声 in which the house speaks where no flow says otherwise: one row, laid at the start of the house.
create table usual_voice (
  is_only boolean primary key default true check (is_only),
  voice text not null,                      -- VoiceIdSchema of @madoguchi/flow
  -- Null: nobody has chosen, so that it follows MADOGUCHI_VOICE at each start.
  chosen_by text,
  chosen_at timestamptz
);
create trigger usual_voice_changed after insert or update on usual_voice execute function wake_settings_readers();
