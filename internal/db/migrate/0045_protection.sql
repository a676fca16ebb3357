-- +goose Up
-- What an administration may do at its border, every version. body: the record (JSON).
create table measure (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	version bigint not null,
	country text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, version)
);
-- Applications for action, by the right holder in whose name they are.
create table application (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	audience bigint not null,
	state text not null,
	until text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
