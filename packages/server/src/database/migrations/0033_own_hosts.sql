-- 市のホームページのアドレス: hosts to which texts for citizens may lead. None at first: nobody knows them but staff.
create table own_hosts (
  one_row boolean primary key default true check (one_row),
  hosts text[] not null,
  changed_at timestamptz not null,
  changed_by text,                             -- null: as it came with the product
  version integer not null default 1
);
insert into own_hosts (hosts, changed_at) values ('{}', now());
