-- +goose Up
-- The press release, each time it was written; the newest of a language holds. body: what the entry says (JSON).
create table press_release (
	operation bigint not null,
	seq bigint not null,
	language text not null,
	edit bigint not null,
	body text not null,
	primary key (operation, seq)
);
create index press_release_of on press_release (operation, language, edit);
