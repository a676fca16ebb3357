-- +goose Up
-- What came under the id of a record that exists, with other content: refused, and kept for the contact point of
-- whoever sent it. content: as it came. closed: when the contact point had dealt with it.
create table quarantine (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    organisation bigint not null,
    author       text   not null,
    kind         text   not null,
    record       text   not null,
    digest       text   not null,
    content      text   not null,
    at           bigint not null,
    closed       bigint,
    primary key (operation, seq)
);
create unique index quarantine_content on quarantine (operation, organisation, kind, record, digest);

-- +goose Down
select 1;
