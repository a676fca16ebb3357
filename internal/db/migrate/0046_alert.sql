-- +goose Up
-- What to look for now. body: the record (JSON). withdrawn: index of the entry that took it back; 0: none did.
create table alert (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	audience bigint not null,
	level text not null,
	until text not null,
	withdrawn bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
-- Which organisation has acknowledged which alert, and who did it for it.
create table alert_acknowledgement (
	operation bigint not null,
	alert bigint not null,
	organisation bigint not null,
	seq bigint not null,
	person text not null,
	at bigint not null,
	primary key (operation, alert, organisation)
);
-- Reminders of those who have not.
create table alert_reminder (
	operation bigint not null,
	seq bigint not null,
	alert bigint not null,
	person text not null,
	at bigint not null,
	primary key (operation, seq)
);
create index alert_reminder_alert on alert_reminder (operation, alert);
