-- +goose Up
-- Published figures of earlier operations, to compare with. seq: the entry that first loaded them. body: what the newest entry about them says (JSON).
create table earlier_operation (
	operation bigint not null,
	seq bigint not null,
	id text not null,
	dropped boolean not null,
	body text not null,
	primary key (operation, seq)
);
