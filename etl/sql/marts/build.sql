-- grain: one row, this build
create table marts.build (
    build_id varchar primary key,
    built_at timestamp not null,
    content_hash varchar not null,
    latest_year smallint,
    contract_version integer not null,
    next_wave_year smallint,
    next_results_year smallint,
    is_demo boolean not null
);
comment on table marts.build is 'This build: one row';
comment on column marts.build.build_id is 'Name of this build, in every file name, page and export';
comment on column marts.build.built_at is 'When it was built, UTC';
comment on column marts.build.content_hash is 'SHA-256 of the sorted logical content; equal for equal inputs';
comment on column marts.build.latest_year is 'Newest year with a figure in the current edition of any series; null without figures';
comment on column marts.build.contract_version is 'Version of these tables; the dashboard refuses another';
comment on column marts.build.next_wave_year is 'Year of the next regular wave, from metrics.yaml';
comment on column marts.build.next_results_year is 'Year in which its results are expected, from metrics.yaml';
comment on column marts.build.is_demo is 'True where the figures are invented for training';
insert into marts.build by name select * from computed_build;
