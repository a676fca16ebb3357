-- +goose Up
-- "Nothing to report": one of an organisation and its local day. seq: the entry that first made it. controls: how
-- many were done; null: not told. state: stands, withdrawn. at: when it was last written.
create table nil_report (
    operation    bigint not null references operation (number),
    organisation bigint not null,
    day          text   not null,
    seq          bigint not null,
    author       text   not null,
    audience     bigint not null,
    controls     bigint,
    remark       text   not null,
    language     text   not null,
    state        text   not null,
    version      bigint not null,
    at           bigint not null,
    primary key (operation, organisation, day)
);
create index nil_report_day on nil_report (operation, day);
-- What an organisation is to do by a day of its own calendar. giver: the organisation that gave it. owner: the person
-- who does it, empty until its contact point names one. state: open, done, dropped; ended_by, ended, note: who ended
-- it, when, and what was said.
create table task (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    id           text   not null,
    giver        bigint not null,
    author       text   not null,
    organisation bigint not null,
    audience     bigint not null,
    title        text   not null,
    body         text   not null,
    language     text   not null,
    due          text   not null,
    owner        text   not null,
    state        text   not null,
    note         text   not null,
    ended_by     text   not null,
    ended        bigint,
    version      bigint not null,
    at           bigint not null,
    primary key (operation, seq)
);
create unique index task_id on task (operation, giver, id);
create index task_state on task (operation, state, due);
-- A shift of a duty roster. phone: as the contact point wrote it. state: planned, withdrawn. note: the hand-over to
-- the next shift, read by its own organisation only; handed: when; taken_by, taken: who confirmed having read it.
create table shift (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    id           text   not null,
    organisation bigint not null,
    author       text   not null,
    audience     bigint not null,
    person       text   not null,
    begins       bigint not null,
    ends         bigint not null,
    phone        text   not null,
    state        text   not null,
    note         text   not null,
    language     text   not null,
    handed_by    text   not null,
    handed       bigint,
    taken_by     text   not null,
    taken        bigint,
    version      bigint not null,
    at           bigint not null,
    primary key (operation, seq)
);
create unique index shift_id on shift (operation, organisation, id);
create index shift_ends on shift (operation, ends);

-- +goose Down
select 1;
