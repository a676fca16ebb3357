-- +goose Up
-- A list of one country's cases must not walk through all others'.
create index seizure_country on seizure (operation, country, seq);

-- +goose Down
select 1;
