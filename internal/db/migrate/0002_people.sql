-- +goose Up
create table organisation (
    number       bigint primary key,
    id           text   not null unique,
    kind         text   not null,
    country      text   not null,
    name         text   not null,
    abbreviation text   not null,
    names        text   not null,
    time_zone    text   not null,
    language     text   not null,
    release_by   text   not null,
    release_after bigint not null,
    version      bigint not null
);
-- epoch: raised whenever every session of the person ends; a session carries the epoch it was made in.
create table person (
    number        bigint  primary key,
    id            text    not null unique,
    login         text    not null unique,
    name          text    not null,
    language      text    not null,
    theme         text    not null,
    density       text    not null,
    password      text    not null,
    administrator boolean not null,
    state         text    not null,
    persona       text    not null,
    epoch         bigint  not null,
    version       bigint  not null
);
-- A hat: one person acting for one organisation. contact_point: deputy and duty officer are contact points too.
create table hat (
    person        text    not null references person (id),
    organisation  bigint  not null references organisation (number),
    position      text    not null,
    contact_point text    not null,
    since         bigint  not null,
    until         bigint,
    primary key (person, organisation)
);
create index hat_organisation on hat (organisation);

-- Housekeeping: no journal behind these.
create table session (
    token_hash   text   primary key,
    id           text   not null unique,
    person       text   not null references person (id),
    organisation bigint not null references organisation (number),
    kind         text   not null,
    agent        text   not null,
    epoch        bigint not null,
    created      bigint not null,
    seen         bigint not null,
    ends         bigint not null
);
create index session_person on session (person);
-- purpose: first (the first password) or reset. The token itself is with the invited person only.
create table invitation (
    token_hash text   primary key,
    person     text   not null references person (id),
    purpose    text   not null,
    made_by    text   not null,
    created    bigint not null,
    ends       bigint not null
);
create index invitation_person on invitation (person);
-- login: SHA-256 of what was typed, since people type passwords into the wrong field.
create table signin_failure (
    id     text   primary key,
    login  text   not null,
    at     bigint not null
);
create index signin_failure_login on signin_failure (login, at);

-- +goose Down
select 1;
