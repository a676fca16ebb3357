-- +goose Up
-- The number of a message is the journal index that made it. Messages are never changed.
-- addressed: for whom the writer said it is. asked: of a warning, the audience that owes an answer, otherwise 0.
create table message (
    operation    bigint  not null references operation (number),
    seq          bigint  not null,
    id           text    not null,
    organisation bigint  not null,
    author       text    not null,
    audience     bigint  not null,
    addressed    text    not null,
    asked        bigint  not null,
    template     text    not null,
    thread       bigint  not null,
    answers      bigint,
    outcome      text    not null,
    subject      text    not null,
    body         text    not null,
    language     text    not null,
    tlp          text    not null,
    category     text    not null,
    conveyance   text    not null,
    provenance   text    not null,
    destination  text    not null,
    reply_due    bigint,
    written      bigint  not null,
    primary key (operation, seq)
);
create unique index message_id on message (operation, organisation, id);
create index message_audience on message (operation, audience, seq);
create index message_thread on message (operation, thread, seq);
create index message_answers on message (operation, answers);
-- Warnings and feedback are few among messages, and every overview asks which warnings are open.
create index message_warning on message (operation, audience, seq) where template = 'warning';
create index message_feedback on message (operation, audience, answers, organisation) where template = 'feedback';

-- +goose Down
select 1;
