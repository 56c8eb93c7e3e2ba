-- grain: one row per subject, id, field and language
create table marts.texts (
    subject varchar not null,
    subject_id varchar not null,
    field varchar not null,
    language varchar not null check (language in ('nl', 'en')),
    text varchar not null,
    primary key (subject, subject_id, field, language)
);
comment on table marts.texts is 'Words of metrics.yaml in Dutch and English';
comment on column marts.texts.subject is 'indicator, age_group, series, scale, wave, break, target, municipality or site';
comment on column marts.texts.subject_id is 'Id of the subject; for a wave its year';
comment on column marts.texts.field is 'label, definition, source_line, reason, text, explanation …';
comment on column marts.texts.language is 'nl or en';
comment on column marts.texts.text is 'The words';
insert into marts.texts by name select * from metrics_texts;
