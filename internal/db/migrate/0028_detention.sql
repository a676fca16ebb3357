-- +goose Up
-- The legal clock of held goods (packages legal and detention). Every row is the one that its journal entry made and is never
-- changed, but for texts that are erased with the case they belong to.

-- The law and the calendar that an organisation counts by. profile: the code of one that comes with the program; text: its own,
-- as TOML, else empty. calendar: JSON. In force once somebody else has checked it (detention_check).
create table detention_setting (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    organisation bigint not null,
    version      bigint not null,
    profile      text   not null,
    text         text   not null,
    calendar     text   not null,
    note         text   not null,
    author       text   not null,
    at           bigint not null,
    primary key (operation, seq)
);
create unique index detention_setting_version on detention_setting (operation, organisation, version);

create table detention_check (
    operation bigint not null references operation (number),
    seq       bigint not null,
    setting   bigint not null,
    author    text   not null,
    at        bigint not null,
    primary key (operation, seq)
);
create unique index detention_check_setting on detention_check (operation, setting);

-- A clock of a case. kind: the procedure (codelist clock-kind). setting: the version whose profile holds; 0: none was in force.
-- day, time: when the goods were detained, local.
create table detention_clock (
    operation    bigint  not null references operation (number),
    seq          bigint  not null,
    seizure      bigint  not null,
    organisation bigint  not null,
    audience     bigint  not null,
    kind         text    not null,
    perishable   boolean not null,
    setting      bigint  not null,
    day          text    not null,
    time         text    not null,
    author       text    not null,
    at           bigint  not null,
    primary key (operation, seq)
);
create index detention_clock_case on detention_clock (operation, seizure, seq);
create index detention_clock_audience on detention_clock (operation, audience, seq);

-- What happened (codelist clock-event). step: of an extension. answer: of a reply.
create table detention_event (
    operation bigint not null references operation (number),
    seq       bigint not null,
    clock     bigint not null,
    kind      text   not null,
    day       text   not null,
    time      text   not null,
    step      text   not null,
    answer    text   not null,
    reason    text   not null,
    author    text   not null,
    at        bigint not null,
    primary key (operation, seq)
);
create index detention_event_clock on detention_event (operation, clock, seq);
create unique index detention_event_ended on detention_event (operation, clock) where kind = 'ended';

-- Of what time has warned. kind: soon, over. due: the last day that was meant, so that an extended deadline is warned of again.
create table detention_warning (
    operation bigint not null references operation (number),
    seq       bigint not null,
    clock     bigint not null,
    step      text   not null,
    kind      text   not null,
    due       text   not null,
    at        bigint not null,
    primary key (operation, seq)
);
create unique index detention_warning_once on detention_warning (operation, clock, step, kind, due);

-- What was told to a right holder: the act itself. recipient: an organisation's number, 0: not a member; addressee: in words.
-- fields: codes of disclosure-field. told: JSON, what was copied from the case, as it stood in that version.
create table detention_disclosure (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    clock        bigint not null,
    id           text   not null,
    organisation bigint not null,
    stage        text   not null,
    fields       text   not null,
    told         text   not null,
    version      bigint not null,
    request      text   not null,
    basis        text   not null,
    purpose      text   not null,
    officer      text   not null,
    recipient    bigint not null,
    addressee    text   not null,
    author       text   not null,
    at           bigint not null,
    primary key (operation, seq)
);
create index detention_disclosure_clock on detention_disclosure (operation, clock, seq);
create unique index detention_disclosure_id on detention_disclosure (operation, organisation, id);

create table detention_receipt (
    operation  bigint not null references operation (number),
    seq        bigint not null,
    disclosure bigint not null,
    day        text   not null,
    note       text   not null,
    author     text   not null,
    at         bigint not null,
    primary key (operation, seq)
);
create unique index detention_receipt_disclosure on detention_receipt (operation, disclosure);

-- +goose Down
select 1;
