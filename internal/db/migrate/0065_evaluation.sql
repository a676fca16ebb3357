-- +goose Up
-- What is asked of the participants of a workshop; one a workshop. closes: the last local day; closed: index of the entry that
-- ended it, 0: none yet. body: what the newest entry says, its results among it once it has ended (JSON).
create table evaluation (
	operation bigint not null,
	seq bigint not null,
	workshop bigint not null,
	audience bigint not null,
	closes text not null,
	closed bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, workshop)
);
-- Who answered, and what, sealed with the key of the evaluation. seq: the newest entry. body: what it says (JSON).
create table evaluation_answer (
	operation bigint not null,
	evaluation bigint not null,
	person text not null,
	seq bigint not null,
	organisation bigint not null,
	audience bigint not null,
	version bigint not null,
	body text not null,
	primary key (operation, evaluation, person)
);
-- What opens answers while an evaluation lasts. It goes when the evaluation ends, and stands in no journal and no file.
create table evaluation_key (
	operation bigint not null,
	evaluation bigint not null,
	secret text not null,
	primary key (operation, evaluation)
);
