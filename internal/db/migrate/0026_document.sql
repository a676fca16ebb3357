-- +goose Up
-- The library of an operation. The number of a document is the journal index that published it. addressed: for whom it
-- is, as its publisher said. version: number of the newest version, newest: the journal index that made it.
-- withdrawn_*: when it was taken out of use, by which entry and why; withdrawn is null while it is in use.
create table document (
    operation        bigint not null references operation (number),
    seq              bigint not null,
    id               text   not null,
    organisation     bigint not null,
    author           text   not null,
    audience         bigint not null,
    addressed        text   not null,
    kind             text   not null,
    title            text   not null,
    language         text   not null,
    tlp              text   not null,
    published        bigint not null,
    version          bigint not null,
    newest           bigint not null,
    withdrawn        bigint,
    withdrawn_entry  bigint not null,
    withdrawn_reason text   not null,
    primary key (operation, seq)
);
create unique index document_newest on document (operation, newest);
-- The number of a version is the journal index that made it; its file is the attachment with that record. id: its
-- writer's; the first version has the document's.
create table document_version (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    document     bigint not null,
    number       bigint not null,
    id           text   not null,
    organisation bigint not null,
    author       text   not null,
    note         text   not null,
    written      bigint not null,
    primary key (operation, seq)
);
create unique index document_version_number on document_version (operation, document, number);
create unique index document_version_id on document_version (operation, organisation, id);

-- +goose Down
select 1;
