-- +goose Up
-- Lessons learnt. given: index of the entry that gave it to its present owner; due: local day, empty: none; origin: number of
-- the operation and of the lesson it was carried from, empty: recorded here. body: what the newest entry says (JSON).
create table learnt (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	audience bigint not null,
	owner bigint not null,
	given bigint not null,
	state text not null,
	due text not null,
	origin text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index learnt_given on learnt (operation, given);
create index learnt_origin on learnt (operation, origin);
