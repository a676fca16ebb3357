-- +goose Up
-- Frozen reports. head: what lists show of a version; body: everything (JSON).
create table report_version (
    operation bigint not null references operation (number),
    number    bigint not null,
    seq       bigint not null,
    head      text   not null,
    body      text   not null,
    primary key (operation, number)
);
-- What administrations said of versions, each word a row: of one organisation and version the newest stands.
create table clearance (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    number       bigint not null,
    organisation bigint not null,
    body         text   not null,
    primary key (operation, seq)
);

-- +goose Down
select 1;
