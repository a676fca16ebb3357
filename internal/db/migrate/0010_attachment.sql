-- +goose Up
-- The number of an attachment is the journal index that kept it. record: the number of the record that has it, null
-- until one takes it; place: among those of its record. audience: who may read it, its originator alone until then.
-- main_*, small_*: the bytes outside the database, by random names; small_* of pictures only. came_*: what arrived.
create table attachment (
    operation    bigint  not null references operation (number),
    seq          bigint  not null,
    id           text    not null,
    organisation bigint  not null,
    author       text    not null,
    record       bigint,
    audience     bigint  not null,
    place        bigint  not null,
    name         text    not null,
    media_type   text    not null,
    main_blob    text    not null,
    main_size    bigint  not null,
    main_sha256  text    not null,
    width        bigint  not null,
    height       bigint  not null,
    small_blob   text    not null,
    small_size   bigint  not null,
    small_sha256 text    not null,
    small_width  bigint  not null,
    small_height bigint  not null,
    came_size    bigint  not null,
    came_sha256  text    not null,
    scan         text    not null,
    label        boolean not null,
    blackout     text    not null,
    at           bigint  not null,
    primary key (operation, seq)
);
create unique index attachment_id on attachment (operation, organisation, id);
create index attachment_record on attachment (operation, record, place);
-- What no record has taken yet is thrown away after a while.
create index attachment_loose on attachment (operation, at) where record is null;

-- Uploads under way. arrived: bytes that are kept; touched: when the last of them came.
create table upload (
    operation    bigint  not null references operation (number),
    organisation bigint  not null,
    id           text    not null,
    author       text    not null,
    name         text    not null,
    size         bigint  not null,
    sha256       text    not null,
    label        boolean not null,
    blackout     text    not null,
    arrived      bigint  not null,
    touched      bigint  not null,
    primary key (operation, organisation, id)
);
-- The pieces in which an upload arrived, each a blob of its own.
create table upload_part (
    operation    bigint not null,
    organisation bigint not null,
    id           text   not null,
    start        bigint not null,
    length       bigint not null,
    blob         text   not null,
    primary key (operation, organisation, id, start)
);

-- +goose Down
select 1;
