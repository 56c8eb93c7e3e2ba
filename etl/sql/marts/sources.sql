-- grain: one row per loaded file and edition
create table marts.sources (
    series_id varchar not null,
    edition varchar not null,
    file varchar not null,
    origin varchar not null check (origin in ('fetched', 'inbox', 'shipped')),
    title varchar not null,
    producer varchar,
    method varchar not null check (method in ('model', 'survey')),
    scale varchar,
    licence varchar,
    url varchar,
    retrieved_at timestamp,
    modified varchar,
    sha256 varchar not null,
    figures integer not null check (figures >= 0),
    primary key (series_id, edition, file)
);
comment on table marts.sources is 'Where the figures come from';
comment on column marts.sources.series_id is 'Series';
comment on column marts.sources.edition is 'Edition';
comment on column marts.sources.file is 'File below the data folder';
comment on column marts.sources.origin is 'fetched from the service, dropped in the inbox, or shipped with the project';
comment on column marts.sources.title is 'Title of the table or publication';
comment on column marts.sources.producer is 'Who publishes it';
comment on column marts.sources.method is 'model or survey';
comment on column marts.sources.scale is 'Loneliness scale';
comment on column marts.sources.licence is 'Licence';
comment on column marts.sources.url is 'Address it was fetched from';
comment on column marts.sources.retrieved_at is 'When it was fetched or delivered, UTC; null where unknown';
comment on column marts.sources.modified is 'Date of change that the producer gives';
comment on column marts.sources.sha256 is 'Checksum of the file or of the manifest of its parts';
comment on column marts.sources.figures is 'Figures read from it';
insert into marts.sources by name select * from staging.sources;
