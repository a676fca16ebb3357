-- +goose Up
-- The directory: whom to ask about a brand, and whom at an administration. body: the whole record (JSON).
create table contact (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	brand text not null,
	dropped boolean not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
