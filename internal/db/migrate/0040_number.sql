-- +goose Up
-- Numbers of cases that an organisation drew beforehand, to be written on paper where there is no line. seq: the journal
-- index of the act that drew them. A number is used when a case has it.
create table reserved_number (
    operation    bigint not null references operation (number),
    reference    text   not null,
    seq          bigint not null,
    organisation bigint not null,
    person       text   not null,
    at           bigint not null,
    primary key (operation, reference)
);
create index reserved_number_organisation on reserved_number (operation, organisation, seq);

-- +goose Down
select 1;
