-- +goose Up
-- The index of words, in each engine's own way: see package textindex.
create word index textword;
-- How far the index of an operation was made again from its records. version: of the segmenter. upto: the records with
-- a smaller number are in it; -1: all are.
create table textword_progress (
    operation bigint not null,
    version   bigint not null,
    upto      bigint not null,
    primary key (operation)
);

-- +goose Down
select 1;
