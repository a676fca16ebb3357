-- +goose Up
-- Mappings of sheets that an organisation keeps for an operation. fingerprint: of the headings that it fits. version
-- counts the times it was saved, seq is the entry that did it last.
create table import_mapping (
    operation    bigint not null references operation (number),
    organisation bigint not null,
    name         text   not null,
    version      bigint not null,
    seq          bigint not null,
    author       text   not null,
    changed      bigint not null,
    fingerprint  text   not null,
    mapping      text   not null,
    primary key (operation, organisation, name)
);
-- Sheets that somebody handed in, for that person alone and for a day at most. blob and result name encrypted bytes:
-- the file, and what became of it. choices and mapping: how it is to be read. since: size of the journal when the
-- import began; cases that are newer are its own. problem: why it stopped, as the key of a text.
create table import_sheet (
    operation    bigint not null references operation (number),
    id           text   not null,
    organisation bigint not null,
    person       text   not null,
    name         text   not null,
    size         bigint not null,
    blob         text   not null,
    state        text   not null,
    choices      text   not null,
    mapping      text   not null,
    since        bigint not null,
    done         bigint not null,
    total        bigint not null,
    problem      text   not null,
    result       text   not null,
    created      bigint not null,
    changed      bigint not null,
    primary key (operation, id)
);

-- +goose Down
select 1;
