-- +goose Up
-- Housekeeping: no journal behind it. What a journal was at a moment, signed: note is the whole of it, the columns
-- beside it are for finding it.
create table checkpoint (
    operation bigint not null,
    size      bigint not null,
    root      text   not null,
    note      text   not null,
    at        bigint not null,
    primary key (operation, size)
);

-- +goose Down
select 1;
