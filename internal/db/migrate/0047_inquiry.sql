-- +goose Up
-- What right holders are asked. holder 0: a request as its asker keeps it, seizure 0: it is about no case. body: the whole record (JSON).
create table inquiry (
	operation bigint not null references operation (number),
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	holder bigint not null,
	request bigint not null,
	seizure bigint not null,
	audience bigint not null,
	state text not null,
	due bigint not null,
	at bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index inquiry_audience on inquiry (operation, audience, at, id);
create index inquiry_seizure on inquiry (operation, seizure);
create index inquiry_request on inquiry (operation, request);
create index inquiry_due on inquiry (operation, state, due);
