-- +goose Up
-- What was taken back: state is empty, recalled or redacted; state_entry is the journal index that did it.
alter table message add column state text not null default '';
alter table message add column state_at bigint;
alter table message add column state_entry bigint not null default 0;
alter table message add column state_reason text not null default '';
create index message_state on message (operation, seq) where state <> '';
create index seizure_version_taken on seizure_version (operation, seq) where verb in ('seizure.recall', 'seizure.redact');
-- Who opened or exported which record, one row per person, record, act and day (UTC). seq: the index in the
-- operation's journal of reads, which is the journal of minus its number.
create table reading (
    operation    bigint not null references operation (number),
    kind         text   not null,
    record       bigint not null,
    organisation bigint not null,
    person       text   not null,
    day          text   not null,
    act          text   not null,
    at           bigint not null,
    seq          bigint not null,
    primary key (operation, kind, record, organisation, person, day, act)
);
-- An organisation confirms that it deleted what it had of a record that entry took back; kept: what it keeps, and why.
create table confirmation (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    entry        bigint not null,
    kind         text   not null,
    record       bigint not null,
    organisation bigint not null,
    author       text   not null,
    kept         text   not null,
    at           bigint not null,
    primary key (operation, seq)
);
create unique index confirmation_once on confirmation (operation, entry, organisation);
-- Somebody asked to erase a record's content for good. state: asked, done, refused.
create table redaction (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    kind         text   not null,
    record       bigint not null,
    organisation bigint not null,
    author       text   not null,
    code         text   not null,
    reason       text   not null,
    at           bigint not null,
    until        bigint not null,
    state        text   not null,
    decider      text   not null,
    decided      bigint,
    primary key (operation, seq)
);
create index redaction_record on redaction (operation, kind, record);
-- While it stands nothing of the record (kind empty: of the operation) may be erased.
create table legal_hold (
    operation bigint not null references operation (number),
    seq       bigint not null,
    kind      text   not null,
    record    bigint not null,
    reason    text   not null,
    until     bigint not null,
    author    text   not null,
    at        bigint not null,
    lifted    bigint,
    primary key (operation, seq)
);

-- +goose Down
select 1;
