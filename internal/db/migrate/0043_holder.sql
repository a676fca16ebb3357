-- +goose Up
-- What a right holder showed of itself, each time it did. body: the whole record (JSON).
create table vetting (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	state text not null,
	until text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
-- Powers of attorney.
create table mandate (
	operation bigint not null,
	seq bigint not null,
	holder bigint not null,
	id text not null,
	representative bigint not null,
	state text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, holder, id)
);
create index mandate_representative on mandate (operation, representative);
-- Names on goods, with the rights that protect them.
create table brand (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	name text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
