-- +goose Up
-- Work that happens later. subject: what it is about, such as a person's UUID; with the kind it names the job.
-- due: when it falls due. lease: until when somebody is at it; 0: nobody is. fence: a new number with every lease.
-- attempts: how often it was begun since it last went well. puts: how often it was asked for.
create table job (
    kind     text   not null,
    subject  text   not null,
    due      bigint not null,
    lease    bigint not null,
    fence    bigint not null,
    attempts bigint not null,
    puts     bigint not null,
    primary key (kind, subject)
);
create index job_due on job (kind, due);
create index job_lease on job (kind, lease) where lease > 0;

-- +goose Down
select 1;
