-- grain: one row per source, kind of event, code and facts
create table marts.load_report (
    source varchar not null,
    kind varchar not null check (kind in ('loaded', 'fixed', 'warned', 'refused')),
    count bigint not null check (count >= 0),
    code varchar not null check (code in (
        'figures', 'table_rows', 'spaces_removed', 'empty_rows', 'byte_order_mark',
        'windows_encoding', 'dutch_excel', 'signs_read', 'blanks_read', 'repeated_figures',
        'repeated_rows', 'names_recognised', 'codes_stripped', 'column_recognised', 'areas_read',
        'below_threshold', 'no_figures', 'invented_figures', 'unread_columns', 'unnamed_source',
        'other_spelling', 'no_margins', 'jump_between_waves', 'far_from_others', 'one_bound',
        'table_without_bounds', 'table_without_country', 'other_ages', 'other_periods',
        'other_breakdown', 'other_subjects', 'few_respondents', 'unused_break', 'unused_near_group',
        'unknown_region', 'unclear_area', 'formula_in_text', 'markup_in_text', 'unsafe_text',
        'sign_without_figure', 'value_out_of_range', 'impossible_error', 'impossible_step',
        'impossible_sample', 'half_interval', 'reversed_interval', 'interval_without_width',
        'limit_out_of_range', 'interval_without_value', 'outside_interval'
    )),
    facts varchar not null check (json_valid(facts)),
    detail varchar not null,
    primary key (source, kind, code, facts)
);
comment on table marts.load_report is 'What came in, what was fixed, warned about and refused';
comment on column marts.load_report.source is 'File below the data folder';
comment on column marts.load_report.kind is 'loaded, fixed, warned or refused';
comment on column marts.load_report.count is 'How many rows or cells it concerns';
comment on column marts.load_report.code is 'Stable code of what was done and why; refused rows have the code of their reason';
comment on column marts.load_report.facts is 'Names and numbers that the sentence of the code needs, as one flat JSON object';
comment on column marts.load_report.detail is 'What was done and why';
insert into marts.load_report by name select * from staging.load_report;
