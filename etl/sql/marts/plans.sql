-- grain: one row per municipality, kind of item, item and language
create table marts.plans (
    region_code varchar not null,
    item_kind varchar not null check (item_kind in ('plan', 'coalition', 'aim', 'pillar', 'building_block', 'partner', 'meeting', 'note')),
    item_id varchar not null,
    language varchar not null check (language in ('nl', 'en')),
    position integer not null,
    text varchar not null,
    start_year smallint,
    end_year smallint,
    noted_on date,
    about varchar,
    source varchar,
    primary key (region_code, item_kind, item_id, language)
);
comment on table marts.plans is 'Plan, aims, pillars, building blocks, partners and notes of each municipality';
comment on column marts.plans.region_code is 'Municipality';
comment on column marts.plans.item_kind is 'plan, coalition, aim, pillar, building_block, partner, meeting or note';
comment on column marts.plans.item_id is 'Id within the municipality and kind';
comment on column marts.plans.language is 'nl or en';
comment on column marts.plans.position is 'Order, from 0';
comment on column marts.plans.text is 'The words';
comment on column marts.plans.start_year is 'Start of a plan';
comment on column marts.plans.end_year is 'End of a plan';
comment on column marts.plans.noted_on is 'Date of a note';
comment on column marts.plans.about is 'Target, aim or pillar that a note is about';
comment on column marts.plans.source is 'Where it stands';
insert into marts.plans by name select * from metrics_plans;
