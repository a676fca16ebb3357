-- +goose Up
-- Practices. Each has two rows: one beside its workshop (operation is that of the workshop), one in itself (operation = practice). body: the record (JSON).
create table practice (
	operation bigint not null,
	seq bigint not null,
	workshop text not null,
	practice bigint not null,
	audience bigint not null,
	body text not null,
	primary key (operation, seq)
);
create index practice_workshop on practice (operation, workshop);
-- What is to be done in a practice, with what is expected. body: the record (JSON).
create table practice_task (
	operation bigint not null,
	seq bigint not null,
	number bigint not null,
	body text not null,
	primary key (operation, seq)
);
-- Who began what, and began again. person: empty where the trainer began again for all. task: 0 where all tasks are meant.
create table practice_step (
	operation bigint not null,
	seq bigint not null,
	person text not null,
	organisation bigint not null,
	task bigint not null,
	kind text not null,
	body text not null,
	primary key (operation, seq)
);
create index practice_step_person on practice_step (operation, person);
-- One day of a past operation, copied without whom and what it was about. day: from 1. body: the record (JSON).
create table practice_replay (
	operation bigint not null,
	seq bigint not null,
	day bigint not null,
	body text not null,
	primary key (operation, seq)
);
