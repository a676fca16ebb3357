-- +goose Up
-- Questions that somebody keeps. seq: the entry that first kept it. shared: for all who analyse, otherwise for its author alone. body: what the newest
-- entry about it says (JSON).
create table question (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	person text not null,
	audience bigint not null,
	shared boolean not null,
	dropped boolean not null,
	body text not null,
	primary key (operation, seq)
);
create index question_of on question (operation, organisation, person);
