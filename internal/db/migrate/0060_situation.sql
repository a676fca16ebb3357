-- +goose Up
-- Situation reports as they were issued. day: the local day it is of; due: the local day whose plan made it, empty when somebody issued it. body: what the entry says (JSON).
create table situation_report (
	operation bigint not null,
	seq bigint not null,
	audience bigint not null,
	day text not null,
	due text not null,
	body text not null,
	primary key (operation, seq)
);
create unique index situation_report_due on situation_report (operation, due) where due <> '';
-- When reports are issued by time; the newest of an operation holds. body: what the entry says (JSON).
create table situation_plan (
	operation bigint not null,
	seq bigint not null,
	body text not null,
	primary key (operation, seq)
);
-- What a day adds to the figures is asked by when cases were reported.
create index seizure_reported on seizure (operation, reported);
