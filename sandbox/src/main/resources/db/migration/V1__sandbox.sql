-- The sandbox's own tables. Tables of participants start with a "world" column, which holds a
-- world's partition; "worlds" itself and the list of partitions to empty do not.
create sequence world_generations start with 1;

create table worlds (
  name varchar(40) not null primary key,
  -- Part of every role key: keys of a deleted world never work for a later one of the same name.
  generation bigint not null,
  -- Counts resets; name.generation.epoch is the partition.
  epoch int not null,
  seed varchar(64) not null,
  settings varchar(8000) not null,
  clock_mode varchar(10) not null,
  clock_offset_micros bigint not null,
  clock_stopped_at timestamp(6) with time zone,
  -- The journal of the current partition starts after this number, so that numbers never go back.
  journal_from bigint not null,
  -- When the world must be loaded because something falls due; meaningless while due_known is false.
  next_due timestamp(6) with time zone,
  due_known boolean not null,
  created_at timestamp(6) with time zone not null,
  -- The world's private keys derive from it (docs/adr/0015-start-token.md).
  key_secret varchar(64) not null
);

create table emptied_partitions (
  partition_key varchar(64) not null primary key,
  noted_at timestamp(6) with time zone not null
);

create table id_blocks (
  world varchar(64) not null primary key,
  next_block bigint not null
);

create table key_rotations (
  world varchar(64) not null,
  did varchar(80) not null,
  newest_key int not null,
  primary key (world, did)
);

create table faults (
  world varchar(64) not null,
  id varchar(32) not null,
  definition varchar(8000) not null,
  matched bigint not null,
  fired bigint not null,
  primary key (world, id)
);

-- Agents that live outside the sandbox; only their public keys are here. Kept through resets, as the
-- world's own keys are.
create table external_agents (
  world varchar(64) not null,
  did varchar(80) not null,
  jwk varchar(2000) not null,
  -- When the agent lost its identity here. The row stays: its key verifies what it signed before, and
  -- no other agent gets its name, its instruments and its sub-accounts.
  deregistered_at timestamp(6) with time zone,
  primary key (world, did)
);

-- The journal in blocks of entries: a row for each entry would cost a change of eight indexes.
create table journal_block (
  world varchar(64) not null,
  first_seq bigint not null,
  last_seq bigint not null,
  -- The kinds of entry in it, separated by blanks: a reader of one kind leaves others unopened.
  kinds varchar(80) not null,
  -- One JSON object per line, deflated.
  entries bytea not null,
  primary key (world, first_seq)
);

create table journal_id (
  world varchar(64) not null,
  -- Name and value of an id, 'order_no=R-…': which blocks have an entry with it.
  id varchar(140) not null,
  first_seq bigint not null,
  primary key (world, id, first_seq)
);

-- The payment service. Every key begins with the world; no foreign keys, so that a world is emptied
-- table by table in bounded steps.

-- A PIN for each principal. A PIN and its lock outlive a reset, so world is the part of a partition's
-- name that does; the stored form is made for the partition in mac_scope. Locked rows put attempts in
-- order, also between several servers.
create table psp_pin (
  world varchar(64) not null,
  principal_id varchar(80) not null,
  mac varchar(64) not null,
  failures integer default 0 not null,
  locked_until timestamp(6) with time zone,
  mac_scope varchar(64) not null,
  primary key (world, principal_id)
);

-- The balance is kept beside its entries in the same transaction. Only the counterweight account
-- "outside", where money comes from, is negative.
create table psp_account (
  world varchar(64) not null,
  account_no varchar(80) not null,
  currency varchar(3) not null,
  balance_minor bigint not null,
  primary key (world, account_no),
  constraint psp_account_floor check (balance_minor >= 0 or account_no = 'outside')
);

-- Append-only. The key makes a second debit of one transfer impossible, even by wrong code.
create table psp_entry (
  world varchar(64) not null,
  transfer_no varchar(160) not null,
  account_no varchar(80) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  counter_account varchar(80) not null,
  trade_no varchar(64),
  booked_at timestamp(6) with time zone not null,
  primary key (world, transfer_no, account_no)
);
create index psp_entry_statement
  on psp_entry (world, account_no, booked_at desc, transfer_no desc);

create table psp_instrument (
  world varchar(64) not null,
  instrument_ref varchar(64) not null,
  account_no varchar(80) not null,
  agent_id varchar(80) not null,
  label varchar(80) not null,
  status varchar(12) not null,
  currency varchar(3) not null,
  limit_minor bigint,
  valid_until timestamp(6) with time zone,
  consent varchar(1024) not null,
  bound_at timestamp(6) with time zone not null,
  principal_id varchar(80) not null,
  primary key (world, instrument_ref)
);
create index psp_instrument_newest
  on psp_instrument (world, bound_at desc, instrument_ref desc);
create index psp_instrument_agent
  on psp_instrument (world, agent_id, bound_at desc, instrument_ref desc);
create index psp_instrument_principal
  on psp_instrument (world, principal_id, bound_at desc, instrument_ref desc);

-- open_order is payee and order number while a payment waits or is paid, else null: the unique
-- index allows one such payment per order. due_at is set while the payment waits for approval.
create table psp_payment (
  world varchar(64) not null,
  trade_no varchar(64) not null,
  request_id varchar(64) not null,
  digest varchar(64) not null,
  agent_id varchar(80) not null,
  intent_id varchar(64),
  payee varchar(80) not null,
  order_no varchar(64) not null,
  resource_id varchar(256) not null,
  request_method varchar(16) not null,
  request_fingerprint varchar(64) not null,
  idempotency_key varchar(128),
  amount_minor bigint not null,
  currency varchar(3) not null,
  instrument_ref varchar(64) not null,
  account_no varchar(80) not null,
  label varchar(80) not null,
  description varchar(256),
  request varchar(32768) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  status varchar(24) not null,
  state varchar(24) not null,
  open_order varchar(160),
  due_at timestamp(6) with time zone,
  failure varchar(40),
  decided_at timestamp(6) with time zone,
  approval varchar(2048),
  approval_digest varchar(64),
  proof varchar(4096),
  proof_expires_at timestamp(6) with time zone,
  refunded_minor bigint default 0 not null,
  delivery_digest varchar(128),
  delegation_id varchar(64),
  delegation_mode varchar(12),
  fulfilment_at timestamp(6) with time zone,
  principal_id varchar(80) not null,
  -- The lines of the payee's signed order, in mode SPECIFIED.
  goods varchar(32768),
  primary key (world, trade_no)
);
create unique index psp_payment_request on psp_payment (world, agent_id, request_id);
create unique index psp_payment_order on psp_payment (world, open_order);
create index psp_payment_due on psp_payment (world, due_at);
create index psp_payment_agent on psp_payment (world, agent_id, created_at desc, trade_no desc);
create index psp_payment_delegation
  on psp_payment (world, delegation_id, created_at desc, trade_no desc);
create index psp_payment_of_order on psp_payment (world, order_no);
create index psp_payment_principal
  on psp_payment (world, principal_id, created_at desc, trade_no desc);

create table psp_refund (
  world varchar(64) not null,
  payee varchar(80) not null,
  refund_request_id varchar(64) not null,
  refund_no varchar(64) not null,
  trade_no varchar(64) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  reason varchar(256) not null,
  refunded_total_minor bigint not null,
  state varchar(24) not null,
  refunded_at timestamp(6) with time zone not null,
  primary key (world, payee, refund_request_id)
);

-- Outbox and delivery log in one. next_attempt_at is null once delivered or given up.
create table psp_notification (
  world varchar(64) not null,
  notification_id varchar(64) not null,
  payee varchar(80) not null,
  event varchar(32) not null,
  trade_no varchar(64) not null,
  intent_id varchar(64),
  body varchar(4096) not null,
  created_at timestamp(6) with time zone not null,
  status varchar(12) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone,
  last_attempt_at timestamp(6) with time zone,
  last_outcome varchar(160),
  primary key (world, notification_id)
);
create index psp_notification_due on psp_notification (world, next_attempt_at);
create index psp_notification_log
  on psp_notification (world, payee, created_at desc, notification_id desc);

-- What the payment service itself knows of a delegation. Sums are kept, not recounted; the row is
-- locked while a payment is checked and counted. state stands as it was at checked_at, changed_at is
-- when the last change that the delegation service reported happened; iac is absent while that
-- report is all there is.
create table psp_delegation (
  world varchar(64) not null,
  delegation_id varchar(64) not null,
  iac varchar(4096),
  currency varchar(3),
  spent_minor bigint default 0 not null,
  payments integer default 0 not null,
  state varchar(12),
  checked_at timestamp(6) with time zone,
  changed_at timestamp(6) with time zone,
  -- When the delegation service said that it issued exactly this credential; without it nothing is
  -- paid. bought counts the purchases of each target, first_minor is the first price.
  confirmed_at timestamp(6) with time zone,
  first_minor bigint,
  bought varchar(64),
  primary key (world, delegation_id)
);

-- Failed payments per order, for the retry policy.
create table psp_delegation_failure (
  world varchar(64) not null,
  delegation_id varchar(64) not null,
  open_order varchar(160) not null,
  failures integer not null,
  primary key (world, delegation_id, open_order)
);

-- key_jwk is the agent's dedicated public key; absent until the agent has bound one.
create table psp_sub_account (
  world varchar(64) not null,
  sub_account_id varchar(64) not null,
  agent_id varchar(80) not null,
  account_no varchar(80) not null,
  currency varchar(3) not null,
  label varchar(80) not null,
  status varchar(12) not null,
  key_jwk varchar(1024),
  opened_at timestamp(6) with time zone not null,
  changed_at timestamp(6) with time zone not null,
  principal_id varchar(80) not null,
  request_id varchar(64),
  request_digest varchar(64),
  primary key (world, sub_account_id)
);
create index psp_sub_account_agent
  on psp_sub_account (world, agent_id, opened_at desc, sub_account_id desc);
create index psp_sub_account_principal
  on psp_sub_account (world, principal_id, opened_at desc, sub_account_id desc);
create unique index psp_sub_account_request on psp_sub_account (world, principal_id, request_id);

-- A principal's wish to confirm every payment, even a delegated one.
create table psp_preference (
  world varchar(64) not null,
  principal_id varchar(80) not null,
  ask_every_payment boolean not null,
  primary key (world, principal_id)
);

-- Instrument bindings that were asked for: the principal is shown what it would consent to before it
-- enters its PIN. content is what is shown and signed for by its digest; instrument_ref is there once
-- it was confirmed. card is the test card's name, never a number.
create table psp_binding (
  world varchar(64) not null,
  binding_id varchar(64) not null,
  principal_id varchar(80) not null,
  request_id varchar(64),
  wish_digest varchar(64) not null,
  content varchar(4096) not null,
  content_digest varchar(64) not null,
  card varchar(20),
  status varchar(12) not null,
  instrument_ref varchar(64),
  asked_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (world, binding_id)
);
-- The same request again is the same binding.
create unique index psp_binding_request on psp_binding (world, principal_id, request_id);

-- The delegation service: intents on their way to an authority, and the credentials issued.

-- isr is the draft as the agent sent it. due_at is set while the principal may still decide.
create table delegation_intent (
  world varchar(64) not null,
  intent_id varchar(64) not null,
  delegation_id varchar(64) not null,
  agent_id varchar(80) not null,
  status varchar(12) not null,
  isr varchar(32768) not null,
  isr_digest varchar(64) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  decided_at timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  principal_id varchar(80) not null,
  -- How the digest of what the user said stands to what context_ref leads to; absent where the words
  -- themselves came along.
  context_check varchar(12),
  primary key (world, intent_id)
);
create index delegation_intent_newest
  on delegation_intent (world, created_at desc, intent_id desc);
create index delegation_intent_due on delegation_intent (world, due_at);
create index delegation_intent_principal
  on delegation_intent (world, principal_id, created_at desc, intent_id desc);

-- The next place in the status lists. A locked row hands them out one by one.
create table delegation_place (
  world varchar(64) not null,
  next_place integer not null,
  primary key (world)
);

-- due_at is the end of validity until the state is final.
create table delegation (
  world varchar(64) not null,
  delegation_id varchar(64) not null,
  intent_id varchar(64) not null,
  agent_id varchar(80) not null,
  mode varchar(12) not null,
  state varchar(12) not null,
  list_no integer not null,
  list_place integer not null,
  issued_at timestamp(6) with time zone not null,
  changed_at timestamp(6) with time zone not null,
  changed_by varchar(80) not null,
  reason varchar(256),
  valid_until timestamp(6) with time zone not null,
  credential varchar(4096) not null,
  approval varchar(4096) not null,
  due_at timestamp(6) with time zone,
  principal_id varchar(80) not null,
  primary key (world, delegation_id)
);
create index delegation_agent
  on delegation (world, agent_id, issued_at desc, delegation_id desc);
create index delegation_due on delegation (world, due_at);
create index delegation_principal
  on delegation (world, principal_id, issued_at desc, delegation_id desc);
-- A look at a list reads all of its places that were given out, and nothing else.
create index delegation_list on delegation (world, list_no, list_place, state, valid_until);

-- Attestation: what participants have to record, their records, and the chain of anchors.

-- Written within the transaction of the business event, emptied once it is recorded and anchored.
-- Record ids are given out in order, so their order is the order of events.
create table trust_outbox (
  world varchar(64) not null,
  record_id varchar(64) not null,
  occurrence varchar(16384) not null,
  due_at timestamp(6) with time zone not null,
  primary key (world, record_id)
);
create index trust_outbox_due on trust_outbox (world, due_at);

-- Off-chain records as their holders keep them. height is null until the chain has the anchor;
-- refusal says why it will not take it.
create table trust_record (
  world varchar(64) not null,
  record_id varchar(64) not null,
  holder varchar(80) not null,
  event_type varchar(64) not null,
  intent_id varchar(128) not null,
  delegation_id varchar(128),
  order_no varchar(128),
  trade_no varchar(128),
  record varchar(32768) not null,
  height bigint,
  refusal varchar(256),
  primary key (world, record_id)
);
create index trust_record_intent on trust_record (world, intent_id, record_id);
create index trust_record_delegation on trust_record (world, delegation_id, record_id);
create index trust_record_order on trust_record (world, order_no, record_id);
create index trust_record_trade on trust_record (world, trade_no, record_id);

-- The chain. Its length is counted in one locked row, so that appends are one after another.
create table trust_chain (
  world varchar(64) not null,
  tree_size bigint not null,
  primary key (world)
);

create table trust_anchor (
  world varchar(64) not null,
  height bigint not null,
  record_id varchar(128) not null,
  channel varchar(80) not null,
  submitter varchar(80) not null,
  anchor varchar(3072) not null,
  anchored_at timestamp(6) with time zone not null,
  primary key (world, height)
);
create unique index trust_anchor_record on trust_anchor (world, record_id);

-- Complete subtrees; place is level and index in one number.
create table trust_node (
  world varchar(64) not null,
  place bigint not null,
  hash varchar(43) not null,
  primary key (world, place)
);

create table trust_head (
  world varchar(64) not null,
  tree_size bigint not null,
  head varchar(1024) not null,
  primary key (world, tree_size)
);

-- Since when a participant's newer keys are valid; the first one always was.
create table key_periods (
  world varchar(64) not null,
  did varchar(80) not null,
  key_no int not null,
  valid_from timestamp(6) with time zone not null,
  primary key (world, did, key_no)
);

-- Disputes: what a claimant says is wrong with an order, and what came of it.

create table dispute (
  world varchar(64) not null,
  dispute_id varchar(64) not null,
  order_no varchar(64) not null,
  kind varchar(32) not null,
  state varchar(32) not null,
  matter varchar(4096) not null,
  claim varchar(8192) not null,
  -- The order while the dispute is open: there is one at a time.
  open_order varchar(160),
  opened_at timestamp(6) with time zone not null,
  deadline timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  attempts int not null,
  finding varchar(65536),
  outcome varchar(32),
  refund_state varchar(16) not null,
  refund_minor bigint,
  refunded_minor bigint,
  refund_no varchar(64),
  refund_problem varchar(64),
  closed_at timestamp(6) with time zone,
  principal_id varchar(80) not null,
  primary key (world, dispute_id)
);
create unique index dispute_open on dispute (world, open_order);
create index dispute_due on dispute (world, due_at, dispute_id);
create index dispute_newest on dispute (world, opened_at, dispute_id);
create index dispute_of_order on dispute (world, order_no);
create index dispute_principal on dispute (world, principal_id, opened_at, dispute_id);

-- Who is asked, in the order of asking, and what they answered.
create table dispute_party (
  world varchar(64) not null,
  dispute_id varchar(64) not null,
  place int not null,
  party varchar(80) not null,
  role varchar(32) not null,
  answer varchar(16) not null,
  why varchar(256),
  statement varchar(16384),
  papers varchar(524288),
  received_at timestamp(6) with time zone,
  told boolean not null,
  primary key (world, dispute_id, place)
);

-- Evidence broken on purpose: what readers see instead of what is stored. Healing deletes a row.
create table tampering (
  world varchar(64) not null,
  break_id varchar(64) not null,
  definition varchar(262144) not null,
  primary key (world, break_id)
);

-- Runs that were shared by link: copies, so that they outlive the world's reset. world is the part
-- of a partition's name that outlives resets; when the world is deleted, they go with it.
create table shared_run (
  world varchar(64) not null,
  share_id varchar(40) not null,
  -- SHA-256 of the link's secret: a reader of the database cannot open the link.
  token_hash varchar(64) not null,
  world_name varchar(40) not null,
  title varchar(120) not null,
  entries integer not null,
  bytes bigint not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (world, share_id)
);
create unique index shared_run_token on shared_run (token_hash);
create index shared_run_expiry on shared_run (expires_at);

-- Deflated JSON lines in parts, since a value has at most a million bytes.
create table shared_run_part (
  world varchar(64) not null,
  share_id varchar(40) not null,
  part integer not null,
  content bytea not null,
  primary key (world, share_id, part)
);
