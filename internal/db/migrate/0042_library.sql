-- +goose Up
-- Operations that an audience of the library names: whoever coordinates or enforces
-- in them may read. Derived from audience.value, for queries.
create table audience_operation (
	operation bigint not null,
	audience bigint not null,
	named bigint not null,
	primary key (operation, audience, named)
);
