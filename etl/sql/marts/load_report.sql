-- grain: one row per source, kind of event and detail
create table marts.load_report (
    source varchar not null,
    kind varchar not null check (kind in ('loaded', 'fixed', 'warned', 'refused')),
    count bigint not null check (count >= 0),
    detail varchar not null,
    primary key (source, kind, detail)
);
comment on table marts.load_report is 'What came in, what was fixed, warned about and refused';
comment on column marts.load_report.source is 'File below the data folder';
comment on column marts.load_report.kind is 'loaded, fixed, warned or refused';
comment on column marts.load_report.count is 'How many rows or cells it concerns';
comment on column marts.load_report.detail is 'What was done and why';
insert into marts.load_report by name select * from staging.load_report;
