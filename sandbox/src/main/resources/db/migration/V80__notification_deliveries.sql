-- Addresses at which merchants and agents wish to be notified. They are kept through resets, as the
-- world's keys are. Secrets are derived from the world's key secret, so none is stored; only their
-- number is. The events are separated by spaces; none means all.
create table webhook_endpoint (
  world varchar(64) not null,
  endpoint_id varchar(40) not null,
  owner varchar(80) not null,
  url varchar(400) not null,
  events varchar(600) not null,
  signature varchar(10) not null,
  secret_number integer not null,
  former_secret_until timestamp(6) with time zone,
  disabled boolean not null,
  held boolean not null,
  created_at timestamp(6) with time zone not null,
  primary key (world, endpoint_id)
);

-- An address that an agent named for one payment (the subject is its trade_no) or for one
-- authority (its intent_id).
create table notification_callback (
  world varchar(64) not null,
  subject varchar(64) not null,
  owner varchar(80) not null,
  url varchar(400) not null,
  primary key (world, subject)
);

-- Outbox and delivery log in one. next_attempt_at is null once delivered, given up or held back.
-- url is there for callbacks only.
create table notification_delivery (
  world varchar(64) not null,
  delivery_id varchar(110) not null,
  notification_id varchar(64) not null,
  sender varchar(80) not null,
  owner varchar(80) not null,
  endpoint_id varchar(40) not null,
  url varchar(400),
  event varchar(32) not null,
  subject varchar(64) not null,
  intent_id varchar(64),
  body varchar(4096) not null,
  created_at timestamp(6) with time zone not null,
  status varchar(12) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone,
  last_attempt_at timestamp(6) with time zone,
  last_outcome varchar(160),
  primary key (world, delivery_id)
);
create index notification_delivery_due on notification_delivery (world, sender, next_attempt_at);
create index notification_delivery_log
  on notification_delivery (world, created_at desc, delivery_id desc);
create index notification_delivery_owner
  on notification_delivery (world, owner, created_at desc, delivery_id desc);

insert into notification_delivery (world, delivery_id, notification_id, sender, owner, endpoint_id,
  event, subject, intent_id, body, created_at, status, attempts, next_attempt_at, last_attempt_at,
  last_outcome)
select world, notification_id, notification_id, 'did:act:sandbox-pay', payee, 'standard', event,
  trade_no, intent_id, body, created_at, status, attempts, next_attempt_at, last_attempt_at,
  last_outcome
from psp_notification;
drop table psp_notification;

-- millis is real time, all other moments are the world's. status is null without an answer.
create table notification_attempt (
  world varchar(64) not null,
  delivery_id varchar(110) not null,
  number integer not null,
  attempted_at timestamp(6) with time zone not null,
  target varchar(400) not null,
  request_headers varchar(2000) not null,
  status integer,
  answer_headers varchar(2000) not null,
  answer varchar(4096) not null,
  outcome varchar(160) not null,
  millis bigint not null,
  primary key (world, delivery_id, number)
);
