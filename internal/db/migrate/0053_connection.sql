-- +goose Up
-- What people said of a connection of two cases. one is the smaller number; audience: of those who may read both.
-- ended: index of the entry that took it back; 0: it holds. body: the record (JSON).
create table connection_judgement (
	operation bigint not null,
	seq bigint not null,
	one bigint not null,
	other bigint not null,
	audience bigint not null,
	organisation bigint not null,
	ended bigint not null,
	body text not null,
	primary key (operation, seq)
);
create index connection_judgement_one on connection_judgement (operation, one);
create index connection_judgement_other on connection_judgement (operation, other);
