-- +goose Up
-- Covert features of product sheets that were opened to one person, with goods at hand, until a moment. body: what the entry says (JSON).
create table inspection (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	person text not null,
	product bigint not null,
	until bigint not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index inspection_person on inspection (operation, person, product);
create index inspection_product on inspection (operation, product, seq);
