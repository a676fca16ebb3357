-- +goose Up
create table operation (
    number         bigint primary key,
    id             text   not null unique,
    code           text   not null unique,
    kind           text   not null,
    name           text   not null,
    purpose        text   not null,
    language       text   not null,
    sponsor        text   not null,
    time_zone      text   not null,
    scope          text   not null,
    counting       text   not null,
    handling       text   not null,
    names          text   not null,
    banner         text   not null,
    state          text   not null,
    version        bigint not null
);
create table operation_phase (
    operation bigint not null references operation (number),
    line      bigint not null,
    kind      text   not null,
    name      text   not null,
    starts    text   not null,
    ends      text   not null,
    primary key (operation, line)
);
-- An organisation's place in an operation. One row an epoch: invited, accepted (since), ended (until).
create table membership (
    operation    bigint not null references operation (number),
    seq          bigint not null,
    organisation bigint not null references organisation (number),
    side         text   not null,
    state        text   not null,
    handling     bigint not null,
    accepted_by  text   not null,
    since        bigint,
    until        bigint,
    primary key (operation, seq)
);
create index membership_organisation on membership (organisation, operation);
-- Which person acts in which role, through which organisation's membership.
create table operation_role (
    operation    bigint not null references operation (number),
    person       text   not null references person (id),
    organisation bigint not null references organisation (number),
    role         text   not null,
    since        bigint not null,
    primary key (operation, person, organisation, role)
);
create index operation_role_organisation on operation_role (operation, organisation);
create index operation_role_person on operation_role (person);

-- Audiences are values, interned per operation.
create table audience (
    operation bigint not null,
    number    bigint not null,
    value     text   not null,
    primary key (operation, number)
);
create unique index audience_value on audience (operation, value);
create table audience_member (
    operation    bigint not null,
    organisation bigint not null,
    since        bigint not null,
    side         text   not null,
    until        bigint,
    primary key (operation, organisation, since)
);
create table audience_reader (
    operation    bigint not null,
    organisation bigint not null,
    audience     bigint not null,
    since        bigint not null,
    until        bigint,
    primary key (operation, organisation, audience, since)
);
create index audience_reader_audience on audience_reader (operation, audience);

-- +goose Down
select 1;
