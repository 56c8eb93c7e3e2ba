-- grain: one row per earlier build
create table marts.history (
    build_id varchar primary key,
    built_at timestamp not null,
    content_hash varchar not null,
    latest_year smallint,
    replaced_at timestamp not null,
    figures_added integer not null check (figures_added >= 0),
    figures_corrected integer not null check (figures_corrected >= 0),
    figures_removed integer not null check (figures_removed >= 0),
    verdicts_changed integer not null check (verdicts_changed >= 0),
    detail varchar not null
);
comment on table marts.history is 'Earlier builds, and what the build that replaced each of them changed; carried along by publishing, not part of content_hash';
comment on column marts.history.build_id is 'Name of the earlier build';
comment on column marts.history.built_at is 'When it was built, UTC';
comment on column marts.history.content_hash is 'Its content hash';
comment on column marts.history.latest_year is 'Its newest year';
comment on column marts.history.replaced_at is 'When the next build replaced it, UTC';
comment on column marts.history.figures_added is 'Figures that the next build added';
comment on column marts.history.figures_corrected is 'Figures whose value the next build changed';
comment on column marts.history.figures_removed is 'Figures that the next build no longer holds';
comment on column marts.history.verdicts_changed is 'Targets whose headline verdict the next build changed';
comment on column marts.history.detail is 'JSON: {"figures": [{series_id, edition, year, added, corrected, removed}], "verdicts": [{target_id, region_code, before, after}]}';
