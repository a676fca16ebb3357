-- +goose Up
-- reason: of a feedback, why the shipment was not checked (codelist not-checked).
alter table message add column reason text not null default '';

-- Urgent messages are few, and every overview asks which wait for an acknowledgement.
create index message_urgent on message (operation, audience, seq) where urgent;

-- A warning that was sent on to one more organisation. audience, asked: those of the warning from then on. feedback: the one
-- that said whither the goods moved; 0: none did.
create table message_sent_on (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    message      bigint not null,
    organisation bigint not null,
    feedback     bigint not null,
    audience     bigint not null,
    asked        bigint not null,
    author       text   not null,
    at           bigint not null,
    primary key (operation, seq)
);
create unique index message_sent_on_whom on message_sent_on (operation, message, organisation);

-- What is done about warnings and urgent messages beside answering. kind: acknowledge, assign, remind (by people), half, due
-- (reminders by time), escalate. organisation: whom it concerns. post, person: of an assignment.
create table warning_act (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    message      bigint not null,
    kind         text   not null,
    organisation bigint not null,
    author       text   not null,
    post         text   not null,
    person       text   not null,
    at           bigint not null,
    primary key (operation, seq)
);
create index warning_act_message on warning_act (operation, message, kind, organisation);
-- Once each, whichever node was first.
create unique index warning_act_once on warning_act (operation, message, kind, organisation)
    where kind in ('acknowledge', 'half', 'due', 'escalate');

-- +goose Down
select 1;
