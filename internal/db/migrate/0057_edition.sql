-- +goose Up
-- Editions of the final report that were given out. holder: the right holder's organisation, 0 for others. body: what the entry says (JSON).
create table edition (
	operation bigint not null,
	seq bigint not null,
	number bigint not null,
	kind text not null,
	holder bigint not null,
	body text not null,
	primary key (operation, seq)
);
create index edition_of on edition (operation, number, kind, holder);
