create table tests (
  test_id    uuid        primary key default gen_random_uuid(),
  message    text        not null,
  created_at timestamptz not null default now()
);

create index tests_created_at on tests (created_at);
