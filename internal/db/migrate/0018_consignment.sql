-- +goose Up
-- Numbers by which goods travel, and the records that carry them. record: the number of a message or a case (noun).
-- value: in the form in which numbers are compared; typed: as on the paper; found: in the text, not listed. audience: that of the record.
create table consignment_mark (
    operation bigint  not null references operation (number),
    record    bigint  not null,
    place     bigint  not null,
    noun      text    not null,
    kind      text    not null,
    value     text    not null,
    typed     text    not null,
    verdict   text    not null,
    found     boolean not null,
    audience  bigint  not null,
    primary key (operation, record, place)
);
-- The audience stands before the record: whoever looks for a number touches only what they may read.
create index consignment_mark_value on consignment_mark (operation, value, audience, record);

-- Two records that somebody who reads both calls one consignment. one is the smaller number. audience: who may see the link.
create table consignment_link (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    one          bigint not null,
    other        bigint not null,
    audience     bigint not null,
    organisation bigint not null,
    author       text   not null,
    at           bigint not null,
    ended        bigint,
    primary key (operation, seq)
);
create index consignment_link_one on consignment_link (operation, one);
create index consignment_link_other on consignment_link (operation, other);

-- +goose Down
select 1;
