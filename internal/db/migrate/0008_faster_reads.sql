-- +goose Up
-- A list of one country's cases must not walk through all others'.
create index seizure_country on seizure (operation, country, seq);
-- changed: how many entries the journal had before the batch that last changed the figure. Whoever holds the
-- figures of an earlier moment in memory reads these only.
alter table tally add column changed bigint not null default 0;
create index tally_changed on tally (operation, changed);

-- +goose Down
select 1;
