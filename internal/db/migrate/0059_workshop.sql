-- +goose Up
-- Workshops around an operation. starts, ends: the first and last day, local in the workshop's zone. body: the record (JSON).
create table workshop (
	operation bigint not null,
	seq bigint not null,
	id text not null,
	organisation bigint not null,
	audience bigint not null,
	kind text not null,
	state text not null,
	starts text not null,
	ends text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, id)
);
create index workshop_id on workshop (id);
-- Items of the agenda. workshop: seq of the workshop; state: empty, or cancelled. body: the record (JSON).
create table workshop_session (
	operation bigint not null,
	seq bigint not null,
	workshop bigint not null,
	id text not null,
	audience bigint not null,
	starts text not null,
	state text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, workshop, id)
);
-- How many of an organisation may come; where a workshop has no row, nobody is counted.
create table workshop_places (
	operation bigint not null,
	workshop bigint not null,
	organisation bigint not null,
	audience bigint not null,
	number bigint not null,
	primary key (operation, workshop, organisation)
);
-- Who comes, or would. person: empty where somebody has no account. body: the record (JSON).
create table workshop_participant (
	operation bigint not null,
	seq bigint not null,
	workshop bigint not null,
	id text not null,
	organisation bigint not null,
	audience bigint not null,
	person text not null,
	state text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, workshop, id)
);
create index workshop_participant_person on workshop_participant (operation, workshop, person);
-- What a workshop names. session: seq of the session; 0: of the whole workshop. body: the record (JSON).
create table workshop_material (
	operation bigint not null,
	seq bigint not null,
	workshop bigint not null,
	id text not null,
	session bigint not null,
	audience bigint not null,
	kind text not null,
	ref text not null,
	removed boolean not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, workshop, id)
);
