-- +goose Up
-- What a contact point or coordination said of a reported case: checked, or returned for correction. The number of a
-- review is the journal index that made it. version: of the case, as it was read. side: who said it, contact-point or
-- coordination.
create table review (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    seizure      bigint not null,
    organisation bigint not null,
    verdict      text   not null,
    side         text   not null,
    author       text   not null,
    at           bigint not null,
    version      bigint not null,
    reason       text   not null,
    audience     bigint not null,
    primary key (operation, seq)
);
create index review_seizure on review (operation, seizure, seq);
create index review_organisation on review (operation, organisation, verdict, seq);
-- What became of photos since an entry: lists of cases follow it.
create index seizure_photo_entry on seizure_photo (operation, entry);
create index seizure_photo_withdrawn on seizure_photo (operation, withdrawn_entry);

-- +goose Down
select 1;
