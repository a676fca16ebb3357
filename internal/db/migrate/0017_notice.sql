-- +goose Up
-- That something in a journal matters to somebody: the number of the record and the reason, nothing else of it.
-- organisation: under which hat. seen: when the person had seen it. mailed: when a mail had covered it.
create table notice (
    person       text   not null,
    organisation bigint not null,
    operation    bigint not null,
    seq          bigint not null,
    reason       text   not null,
    at           bigint not null,
    seen         bigint,
    mailed       bigint,
    primary key (person, organisation, operation, seq)
);
create index notice_newest on notice (person, organisation, at);
create index notice_unseen on notice (person, organisation) where seen is null;
create index notice_age on notice (at);
-- next: the first entry of the journal that nobody has been told of. What was there before is no news.
create table notice_cursor (
    operation bigint primary key,
    next      bigint not null
);
insert into notice_cursor (operation, next) select operation, size from journal_head where operation > 0;
-- What a person wants to be told of besides: codes, and the folded words of a brand; empty: any.
create table notice_subscription (
    operation    bigint not null,
    person       text   not null,
    organisation bigint not null,
    id           text   not null,
    category     text   not null,
    conveyance   text   not null,
    provenance   text   not null,
    destination  text   not null,
    brand        text   not null,
    since        bigint not null,
    primary key (operation, person, id)
);
create index notice_subscription_person on notice_subscription (person, operation);
-- address: proven. pending: waits for the code that was sent there when it was asked. asks: codes sent since asks_since.
-- last: when the last bundle or digest went. sending: mails begun whose end is not known. failed: the last try that failed.
create table notice_setting (
    person     text   primary key,
    mode       text   not null,
    hour       bigint not null,
    zone       text   not null,
    address    text   not null,
    pending    text   not null,
    asked      bigint,
    guesses    bigint not null,
    asks       bigint not null,
    asks_since bigint,
    last       bigint,
    sending    bigint not null,
    failed     bigint
);

-- +goose Down
select 1;
