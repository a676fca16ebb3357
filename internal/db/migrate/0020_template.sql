-- +goose Up
-- A version of what an operation's messages ask for, stored whole and never changed. version: counted in the operation,
-- over all its templates. seq: the entry that made it. definition: JSON as package template writes it; name, base and
-- retired stand in it too.
create table template (
    operation  bigint  not null references operation (number),
    version    bigint  not null,
    seq        bigint  not null,
    name       text    not null,
    base       text    not null,
    retired    boolean not null,
    definition text    not null,
    primary key (operation, version)
);
create index template_name on template (operation, name, version);

-- +goose Down
select 1;
