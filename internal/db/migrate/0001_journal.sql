-- +goose Up
-- One journal per operation; operation 0 is the instance's own (organisations, people, keys).
create table journal_head (
    operation bigint primary key,
    size      bigint not null
);
insert into journal_head (operation, size) values (0, 0);
-- What was done, in commit order. The leaf of the Merkle tree hashes exactly these columns.
create table journal (
    operation    bigint not null,
    seq          bigint not null,
    at           bigint not null,
    actor        text   not null,
    organisation bigint not null,
    verb         text   not null,
    subject      text   not null,
    audience     bigint not null,
    digest       text   not null,
    primary key (operation, seq)
);
create index journal_subject on journal (operation, subject, seq);
-- Salt and content stand apart, so that they can be erased while the tree still verifies.
create table journal_content (
    operation bigint not null,
    seq       bigint not null,
    salt      text   not null,
    content   text   not null,
    primary key (operation, seq)
);
-- Stored hashes of golang.org/x/mod/sumdb/tlog, by their storage index.
create table journal_hash (
    operation bigint not null,
    idx       bigint not null,
    hash      text   not null,
    primary key (operation, idx)
);

-- +goose Down
select 1;
