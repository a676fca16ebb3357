-- +goose Up
-- Codes by which people say that they are at a session. until: microseconds; closed: index of the entry that closed it; 0: nobody did.
-- body: the record (JSON).
create table attendance_code (
	operation bigint not null,
	seq bigint not null,
	workshop bigint not null,
	session bigint not null,
	until bigint not null,
	closed bigint not null,
	body text not null,
	primary key (operation, seq)
);
create index attendance_code_session on attendance_code (operation, workshop, session);
-- Who was at a session, as it was said last. session, participant: seq of theirs. present: false: it was taken back.
create table attendance (
	operation bigint not null,
	session bigint not null,
	participant bigint not null,
	workshop bigint not null,
	organisation bigint not null,
	present boolean not null,
	body text not null,
	primary key (operation, session, participant)
);
create index attendance_workshop on attendance (operation, workshop);
-- Housekeeping: wrong codes that somebody typed for a session.
create table attendance_guess (
	operation bigint not null,
	session bigint not null,
	person text not null,
	wrong bigint not null,
	primary key (operation, session, person)
);
-- number: as printed; name: as it is compared. revoked: index of the entry that revoked it; 0: it is good.
create table certificate (
	operation bigint not null,
	seq bigint not null,
	workshop bigint not null,
	participant bigint not null,
	organisation bigint not null,
	person text not null,
	number text not null,
	name text not null,
	revoked bigint not null,
	body text not null,
	primary key (operation, seq)
);
create index certificate_number on certificate (number);
create index certificate_workshop on certificate (operation, workshop, participant);
create index certificate_person on certificate (operation, person);
