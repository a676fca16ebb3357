-- +goose Up
-- Which cases the journal's newest entries have touched: lists in memory follow the journal by it.
create index seizure_version_seq on seizure_version (operation, seq);

-- A person's own filters of the list of cases, by name; shared: with the colleagues of its organisation. query: as in an address.
create table saved_filter (
    operation    bigint  not null references operation (number),
    organisation bigint  not null,
    id           text    not null,
    person       text    not null,
    name         text    not null,
    query        text    not null,
    shared       boolean not null,
    at           bigint  not null,
    primary key (operation, organisation, id)
);
-- The columns of the list that a person chose, separated by commas, in order.
create table list_columns (
    operation bigint not null references operation (number),
    person    text   not null,
    columns   text   not null,
    at        bigint not null,
    primary key (operation, person)
);

-- The same file is found by what came.
create index attachment_came on attachment (operation, came_sha256);
-- What pictures look like, 64 bits in four quarters: what differs in ten bits or less has a quarter that differs in two or
-- less. picture: the attachment's number; record and audience: of the record that has it, 0 until one takes it.
create table likeness (
    operation bigint not null,
    picture   bigint not null,
    quarter   bigint not null,
    bits      bigint not null,
    record    bigint not null,
    audience  bigint not null,
    primary key (operation, picture, quarter)
);
create index likeness_bits on likeness (operation, quarter, bits, audience);
create index likeness_record on likeness (operation, record);

-- Cases of one place and day.
create index seizure_event on seizure (operation, country, day, audience, seq);
-- Two cases that look alike and were said not to be the same (reason: a code). one is the smaller number. audience: of those who may see both.
create table consignment_apart (
    operation    bigint not null references operation (number),
    one          bigint not null,
    other        bigint not null,
    seq          bigint not null,
    audience     bigint not null,
    organisation bigint not null,
    author       text   not null,
    at           bigint not null,
    reason       text   not null,
    primary key (operation, one, other)
);

-- +goose Down
select 1;
