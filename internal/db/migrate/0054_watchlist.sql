-- +goose Up
-- Values that somebody waits for, or knows to be good. value: in the form in which values are compared; good: raises nothing.
-- until: the last day. dropped: index of the entry that took it off; 0: it stands. body: the record (JSON).
create table watch_entry (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	audience bigint not null,
	kind text not null,
	value text not null,
	good boolean not null,
	until text not null,
	dropped bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
-- Seen here too, or not confirmed: of a value, or of a case (seizure; 0: none). body: the record (JSON).
create table sighting (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	audience bigint not null,
	seizure bigint not null,
	value text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index sighting_seizure on sighting (operation, seizure);
create index sighting_value on sighting (operation, value);
