-- +goose Up
-- urgent: every reader is asked to acknowledge. expires, arrival: of a warning; zone is an IANA name. source: what led to
-- it. version: of the operation's template, 0 as built in. fields: what the template asks beside, canonical JSON.
alter table message add column urgent boolean not null default false;
alter table message add column expires bigint;
alter table message add column arrival bigint;
alter table message add column arrival_place text not null default '';
alter table message add column arrival_zone text not null default '';
alter table message add column source text not null default '';
alter table message add column version bigint not null default 0;
alter table message add column fields text not null default '';

-- +goose Down
select 1;
