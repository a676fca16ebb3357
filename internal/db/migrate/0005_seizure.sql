-- +goose Up
-- A case; its number is the journal index that made it. fields: the whole of what was written, canonical JSON;
-- the columns beside it are what lists, filters and counting need.
create table seizure (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    id           text   not null,
    reference    text   not null,
    organisation bigint not null,
    author       text   not null,
    audience     bigint not null,
    state        text   not null,
    class        text   not null,
    country      text   not null,
    day          text   not null,
    conveyance   text   not null,
    status       text   not null,
    duplicate_of bigint,
    warning      bigint,
    fields       text   not null,
    version      bigint not null,
    reported     bigint not null,
    changed      bigint not null,
    release_due  bigint,
    primary key (operation, seq)
);
create unique index seizure_id on seizure (operation, organisation, id);
create unique index seizure_reference on seizure (operation, reference);
create index seizure_audience on seizure (operation, audience, seq);
create index seizure_day on seizure (operation, audience, day, seq);
create index seizure_release on seizure (release_due);
create index seizure_double on seizure (operation, duplicate_of) where duplicate_of is not null;
create table goods_line (
    operation   bigint not null,
    seizure     bigint not null,
    line        bigint not null,
    category    text   not null,
    hs          text   not null,
    brand       text   not null,
    description text   not null,
    verdict     text   not null,
    primary key (operation, seizure, line)
);
create index goods_line_category on goods_line (operation, category, seizure);
create table goods_quantity (
    operation bigint not null,
    seizure   bigint not null,
    line      bigint not null,
    unit      text   not null,
    quantity  bigint not null,
    primary key (operation, seizure, line, unit)
);
-- Every version ever written, the first and the last included.
create table seizure_version (
    operation bigint not null,
    seizure   bigint not null,
    version   bigint not null,
    seq       bigint not null,
    verb      text   not null,
    author    text   not null,
    at        bigint not null,
    reason    text   not null,
    fields    text   not null,
    primary key (operation, seizure, version)
);
-- Kept by the transaction that changes a case: a reader's figures are the sum over the audiences it may read.
-- dimension: total, category, country, conveyance, day. unit '': number of cases; otherwise a sum in millionths.
create table tally (
    operation bigint not null,
    dimension text   not null,
    audience  bigint not null,
    class     text   not null,
    value     text   not null,
    unit      text   not null,
    amount    bigint not null,
    primary key (operation, dimension, audience, class, value, unit)
);

-- +goose Down
select 1;
