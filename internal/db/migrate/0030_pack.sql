-- +goose Up
-- Lists of codes that were loaded into the instance. edition and language: of the list. file: SHA-256 of the file that
-- was loaded. digest: SHA-256 over the rows in code_item, in the order of their codes.
create table code_pack (
    number   bigint primary key,
    kind     text   not null,
    name     text   not null,
    edition  text   not null,
    language text   not null,
    source   text   not null,
    licence  text   not null,
    file     text   not null,
    digest   text   not null,
    items    bigint not null,
    added    bigint not null
);
create unique index code_pack_name on code_pack (name, edition);
-- The codes of a list. words: what it is found by, folded, with a blank before each word.
create table code_item (
    pack        bigint not null references code_pack (number),
    code        text   not null,
    parent      text   not null,
    label       text   not null,
    other       text   not null,
    subdivision text   not null,
    functions   text   not null,
    coordinates text   not null,
    words       text   not null,
    primary key (pack, code)
);
create index code_item_parent on code_item (pack, parent, code);

-- +goose Down
select 1;
