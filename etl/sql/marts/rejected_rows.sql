-- grain: one row per refused row of a source and reason
create table marts.rejected_rows (
    source varchar not null,
    row bigint not null,
    code varchar not null check (code in (
        'unknown_region', 'unclear_area', 'formula_in_text', 'markup_in_text', 'unsafe_text',
        'sign_without_figure', 'value_out_of_range', 'impossible_error', 'impossible_step',
        'impossible_sample', 'half_interval', 'reversed_interval', 'interval_without_width',
        'limit_out_of_range', 'interval_without_value', 'outside_interval'
    )),
    facts varchar not null check (json_valid(facts)),
    reason varchar not null,
    raw varchar not null,
    region_code varchar,
    primary key (source, row, reason, raw)
);
comment on table marts.rejected_rows is 'Rows that were refused, each with its reason';
comment on column marts.rejected_rows.source is 'File below the data folder';
comment on column marts.rejected_rows.row is 'Row in the file, the header being row 1';
comment on column marts.rejected_rows.code is 'Stable code of the reason';
comment on column marts.rejected_rows.facts is 'Names that the sentence of the code needs, as one flat JSON object';
comment on column marts.rejected_rows.reason is 'Why it was refused';
comment on column marts.rejected_rows.raw is 'The row as delivered';
comment on column marts.rejected_rows.region_code is 'Region as delivered, where the row has one';
insert into marts.rejected_rows by name select distinct * from raw_rejected_rows;
