-- +goose Up
-- The final report while it is written: one row of an operation. Bodies: what entries say (JSON).
create table report (
    operation bigint not null references operation (number),
    seq       bigint not null,
    body      text   not null,
    primary key (operation)
);
-- Its chapters, those taken out included; id: the kind of the outline, or own1, own2, ...
create table report_section (
    operation bigint not null references operation (number),
    id        text   not null,
    body      text   not null,
    primary key (operation, id)
);
-- What each administration says for it. done: 1 when it was handed in; until then only its own organisation reads it.
create table contribution (
    operation    bigint not null references operation (number),
    organisation bigint not null,
    done         bigint not null,
    body         text   not null,
    primary key (operation, organisation)
);

-- +goose Down
select 1;
