create table orders (
  -- Given by the sender: a message that is delivered twice is one order.
  order_id   uuid        primary key,
  item_id    uuid        not null,
  quantity   int         not null check (quantity > 0),
  status     text        not null check (status in ('accepted', 'rejected')),
  created_at timestamptz not null default now()
);

create index orders_created_at on orders (created_at);
