-- +goose Up
-- Product-identification lessons of the library. seq: the entry that first saved the lesson. newest: the entry that published its newest version, 0
-- while it is a draft. body: the record with what is written (JSON).
create table lesson (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	audience bigint not null,
	state text not null,
	newest bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index lesson_named on lesson (operation, id);
-- What a version says and asks: copies, so that what was asked can be shown again.
create table lesson_version (
	operation bigint not null,
	seq bigint not null,
	lesson bigint not null,
	number bigint not null,
	at bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, lesson, number)
);
-- One learner's way through a lesson. done: when the last question was answered; 0: it was not.
create table lesson_attempt (
	operation bigint not null,
	seq bigint not null,
	lesson bigint not null,
	organisation bigint not null,
	person text not null,
	id text not null,
	done bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, person, id)
);
create index lesson_attempt_of on lesson_attempt (operation, lesson, person);
create index lesson_attempt_from on lesson_attempt (operation, organisation, seq);
create table lesson_answer (
	operation bigint not null,
	attempt bigint not null,
	number bigint not null,
	seq bigint not null,
	lesson bigint not null,
	question text not null,
	body text not null,
	primary key (operation, attempt, number)
);
create index lesson_answer_of on lesson_answer (operation, lesson, seq);
