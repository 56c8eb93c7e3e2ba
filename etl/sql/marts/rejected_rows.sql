-- grain: one row per refused row of a source and reason
create table marts.rejected_rows (
    source varchar not null,
    row bigint not null,
    reason varchar not null,
    raw varchar not null,
    region_code varchar,
    primary key (source, row, reason, raw)
);
comment on table marts.rejected_rows is 'Rows that were refused, each with its reason';
comment on column marts.rejected_rows.source is 'File below the data folder';
comment on column marts.rejected_rows.row is 'Row in the file, the header being row 1';
comment on column marts.rejected_rows.reason is 'Why it was refused';
comment on column marts.rejected_rows.raw is 'The row as delivered';
comment on column marts.rejected_rows.region_code is 'Region as delivered, where the row has one';
insert into marts.rejected_rows by name select distinct * from raw_rejected_rows;
