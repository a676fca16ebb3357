-- +goose Up
-- National courses by which trained trainers pass on what they learnt, as each stands now, and each version of
-- them with the entry that made it. body: what the entry says (JSON), with the reach by post and function.
create table course (
	operation bigint not null,
	seq bigint not null,
	id text not null,
	organisation bigint not null,
	audience bigint not null,
	version bigint not null,
	state text not null,
	body text not null,
	primary key (operation, seq)
);
create unique index course_id on course (operation, organisation, id);
create table course_version (
	operation bigint not null,
	course bigint not null,
	version bigint not null,
	entry bigint not null,
	body text not null,
	primary key (operation, course, version)
);
