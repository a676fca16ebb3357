-- +goose Up
-- What administrations let right holders know; the newest of each holds. body: what the entry says (JSON).
create table consent (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	body text not null,
	primary key (operation, seq)
);
