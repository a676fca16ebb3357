-- +goose Up
-- The file as it came, kept beside the picture that was written anew where the operation wants so; came_* are its size and
-- digest, whether it is kept or not.
alter table attachment add column original_blob text not null default '';
-- Whether originals are kept: each row is what the director said in the entry seq; the newest one holds.
create table original_rule (
    operation bigint  not null references operation (number),
    seq       bigint  not null,
    kept      boolean not null,
    author    text    not null,
    at        bigint  not null,
    primary key (operation, seq)
);
-- What a photo or document of a case says beside its bytes. attachment: its number; entry: the journal index that gave it to the
-- case. withdrawn: when it was withdrawn, by which entry and why; null while it stands.
create table seizure_photo (
    operation        bigint not null references operation (number),
    attachment       bigint not null,
    seizure          bigint not null,
    entry            bigint not null,
    kind             text   not null,
    caption          text   not null,
    language         text   not null,
    withdrawn        bigint,
    withdrawn_entry  bigint not null,
    withdrawn_reason text   not null,
    primary key (operation, attachment)
);
create index seizure_photo_case on seizure_photo (operation, seizure, attachment);

-- +goose Down
select 1;
