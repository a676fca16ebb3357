-- +goose Up
-- Product sheets of the library. seq: the entry that first saved the sheet. newest: the entry that published its newest version, 0 while it is a
-- draft. fresh: false once marks make it doubtful. body: the record (JSON).
create table product (
	operation bigint not null,
	seq bigint not null,
	organisation bigint not null,
	id text not null,
	brand text not null,
	audience bigint not null,
	state text not null,
	category text not null,
	newest bigint not null,
	until text not null,
	confirmed bigint not null,
	doubted boolean not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index product_newest on product (operation, audience, state, newest);
-- What is written and not published yet, one row a sheet.
create table product_draft (
	operation bigint not null,
	product bigint not null,
	body text not null,
	primary key (operation, product)
);
create table product_version (
	operation bigint not null,
	seq bigint not null,
	product bigint not null,
	number bigint not null,
	at bigint not null,
	note text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, product, number)
);
-- Makers and traders, and covert features: each with an audience of its own.
create table product_part (
	operation bigint not null,
	product bigint not null,
	kind text not null,
	seq bigint not null,
	audience bigint not null,
	body text not null,
	primary key (operation, product, kind)
);
-- Codes of newest versions, as they are compared. Derived from product_version.
create table product_code (
	operation bigint not null,
	code text not null,
	product bigint not null,
	primary key (operation, code, product)
);
create index product_code_of on product_code (operation, product);
-- What officers say of sheets after a control.
create table product_mark (
	operation bigint not null,
	seq bigint not null,
	product bigint not null,
	organisation bigint not null,
	id text not null,
	kind text not null,
	body text not null,
	primary key (operation, seq),
	unique (operation, organisation, id)
);
create index product_mark_of on product_mark (operation, product, seq);
