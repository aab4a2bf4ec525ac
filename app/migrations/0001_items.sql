create table items (
  id          uuid        primary key default gen_random_uuid(),
  -- The order of pages: unlike a time it is unique, so that a cursor never skips or repeats an item.
  position    bigint      generated always as identity unique,
  name        text        not null,
  description text        not null,
  quantity    int         not null check (quantity >= 0),
  version     int         not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
