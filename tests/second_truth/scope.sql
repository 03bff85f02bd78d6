-- What the figures count, made from the raw rows of plans: a table for each thing that is counted.
-- `plan` tells the plans apart, `line` the rows of a sheet, in their order, whatever their plan.

-- Texts are compared as people read them: without case, spaces single, over 200 characters.
create or replace macro key_of(written) as
left(lower(trim(regexp_replace(written, ' +', ' ', 'g'))), 200);

-- Of several rows with one code, the first is the one that others name.
create or replace macro unit(sheet) as table
select plan, key_of(code) as unit, line from query_table(sheet) where code is not null
qualify row_number() over (partition by plan, unit order by line) = 1;

create or replace table unit_os as select plan, unit as os, line from unit('os');
create or replace table unit_action as select plan, unit as action, line from unit('actions');
create or replace table unit_oo as
select u.plan, u.unit as oo, u.line, s.os
from unit('oo') u join oo on oo.line = u.line
left join unit_os s on s.plan = u.plan and s.os = key_of(oo.code_os);

-- A line of budget or an indicator belongs to one row: of the level that it names, else of the
-- first level, from the actions up, that has its code.
create or replace macro belongs(sheet) as table
select l.plan, l.line,
    case when level in ('action', 'oo', 'os') then level end as named,
    case when a.line is not null and (named is null or named = 'action') then 'Action'
         when o.line is not null and (named is null or named = 'oo') then 'OO'
         when s.line is not null and (named is null or named = 'os') then 'OS'
         else 'Sans lien' end as niveau,
    case when niveau = 'Action' then a.line end as action,
    case when niveau = 'OO' then o.oo end as oo,
    case when niveau = 'OO' then o.os when niveau = 'OS' then s.os end as os
from (select plan, line, key_of(niveau) as level, key_of(code_lie) as code from query_table(sheet)) l
left join unit_action a on a.plan = l.plan and a.action = l.code
left join unit_oo o on o.plan = l.plan and o.oo = l.code
left join unit_os s on s.plan = l.plan and s.os = l.code;

-- The expenses, in exact decimals: a blank R/D is an expense, a negative amount a correction.
create or replace table expense as
select l.plan, l.line, l.niveau, l.action, l.oo, l.os, 1 as part, exercice,
    key_of(source_financement) as source, key_of(service_budgetaire) as budget_kind, prevu, inscrit, engage, realise
from budget b join belongs('budget') l on l.line = b.line
where key_of(coalesce(recette_depense, 'Dépense')) = 'dépense';

-- The last measure of an indicator, of an exercice that has begun at the date of observation.
create or replace table last_measure as
select m.line, arg_max(measure.value, measure.exercice) as last
from (select plan, line, unnest(measures) as measure from indicateurs) m
join observation o on o.plan = m.plan
where measure.exercice <= year(day) group by m.line;

create or replace table indicator as
select l.*, 1 as part, key_of(sens) as sense, valeur_depart as start, cible as target, case
    when target is null or last is null then null
    when sense = 'maintien' and target = 0 then (last = 0)::int
    when sense = 'maintien' then greatest(0, 1 - abs(last - target) / abs(target))
    when start is null or start = target then null
    when sense = 'hausse' and target < start or sense = 'baisse' and target > start then null
    else least(1, greatest(0, (last - start) / (target - start)))
end as atteinte
from indicateurs i join belongs('indicateurs') l on l.line = i.line
left join last_measure m on m.line = i.line;

create or replace table action as
select a.plan, a.line, 1 as part, key_of(service_pilote) as service, key_of(volet) as volet,
    key_of(coalesce(type_action, 'PST')) = 'pst' as pst,
    case key_of(statut)
        when 'non commencé' then 'Non commencé' when 'en attente' then 'En attente'
        when 'en cours' then 'En cours' when 'problème' then 'Problème'
        when 'terminé' then 'Terminé' when 'abandonné' then 'Abandonné' else 'Sans statut'
    end as state,
    pst and state <> 'Abandonné' as suivie,
    case when avancement between 0 and 100 then avancement end as avancement,
    case when etp between 0 and 500 then etp end as etp,
    echeance, debut_prevu,
    coalesce(suivie and state <> 'Terminé' and echeance < day, false) as en_retard,
    coalesce(pst and state = 'Non commencé' and debut_prevu < day and debut_effectif is null, false)
        as retard_demarrage,
    agent_pilote is not null as avec_pilote, odd is not null as avec_odd,
    coalesce(key_of(synergie) = 'oui', false) as en_synergie,
    coalesce(key_of(service_pilote) in (
        select key_of(b.service) from absent b where b.plan = a.plan
    ), false) as sans_retour,
    coalesce(e.prevu, 0) as budget_prevu, coalesce(i.indicators, 0) as indicators,
    -- the obligatory and the recommended cells; a blank Type or Synergie is read as its default
    (2 + (a.code is not null)::int + (code_oo is not null)::int + (intitule is not null)::int
       + (a.volet is not null)::int + (service_pilote is not null)::int
       + (agent_pilote is not null)::int + (debut_prevu is not null)::int
       + (echeance is not null)::int + (statut is not null)::int
       + (a.avancement is not null)::int + (odd is not null)::int + (date_maj is not null)::int
    ) / 14.0 as completude
from actions a join observation o on o.plan = a.plan
left join (select action, sum(prevu) as prevu from expense group by action) e on e.action = a.line
left join (select action, count(*) as indicators from indicator group by action) i
    on i.action = a.line;

-- The OO that an action serves: by its declared parts when they are whole per cents, one for each,
-- 100 together; else by equal parts. Of more than four, the first three alone have a place.
create or replace table served as
with pieces as (
    select plan, line,
        list_filter(list_transform(string_split(coalesce(code_oo, ''), ';'), lambda p: trim(p)),
                    lambda p: p <> '') as codes,
        list_transform(string_split(coalesce(parts, ''), ';'), lambda p: trim(p)) as shares
    from actions
), declared as (
    select *, if(len(codes) > 4, 3, 4) as places, len(codes) <= 4 and len(shares) = len(codes)
        and len(list_filter(shares, lambda s: regexp_full_match(s, '[0-9]+'))) = len(shares)
        and list_sum(list_transform(shares, lambda s: try_cast(s as int))) = 100 as good
    from pieces
), each_one as (
    select *, unnest(range(1, greatest(len(codes), 1) + 1)) as place from declared
)
select p.line, if(place <= places, u.oo, null) as oo, if(place <= places, u.os, null) as os,
    case when good then try_cast(shares[place] as int) / 100.0
         else 1.0 / greatest(len(codes), 1) end as part
from each_one p left join unit_oo u on u.plan = p.plan and u.oo = key_of(codes[place]);

-- An action is whole under each OO and each OS that it serves, once.
create or replace table action_by_oo as
select a.*, s.oo from action a join (select distinct line, oo from served) s on s.line = a.line;
create or replace table action_by_os as
select a.*, s.os from action a join (select distinct line, os from served) s on s.line = a.line;

-- What stands under each OS and each OO: what is its own, what comes from below. An expense of an
-- action is there by the parts of its action, an indicator of an action whole; what is linked to
-- nothing stands under no unit. What belongs to an OS stands under no OO.
create or replace macro under_os(things) as table
select t.* exclude (oo, os, part), t.os as unit, 1.0 as part, t.niveau = 'OS' as own
from query_table(things) t where niveau <> 'Action'
union all by name
select t.* exclude (oo, os, part), s.os as unit, s.part, false as own
from query_table(things) t join served s on s.line = t.action;

create or replace macro under_oo(things) as table
select t.* exclude (oo, os, part), t.oo as unit, 1.0 as part, t.niveau = 'OO' as own
from query_table(things) t where niveau in ('OO', 'Sans lien')
union all by name
select t.* exclude (oo, os, part), s.oo as unit, s.part, false as own
from query_table(things) t join served s on s.line = t.action;

create or replace macro whole_under_os(things) as table
select t.* exclude (oo, os), t.os as unit, t.niveau = 'OS' as own
from query_table(things) t where niveau <> 'Action'
union all by name
select t.* exclude (oo, os), s.os as unit, false as own
from query_table(things) t join (select distinct line, os from served) s on s.line = t.action;

create or replace macro whole_under_oo(things) as table
select t.* exclude (oo, os), t.oo as unit, t.niveau = 'OO' as own
from query_table(things) t where niveau in ('OO', 'Sans lien')
union all by name
select t.* exclude (oo, os), s.oo as unit, false as own
from query_table(things) t join (select distinct line, oo from served) s on s.line = t.action;

-- The same things, each once: what totals are made of.
create or replace macro once(things) as table
select *, niveau = 'OS' as own from query_table(things);

-- What is watched of an action. Its time goes from its start, the real one first, to its due date;
-- the share that has passed is compared with its progress where both are known.
create or replace table watched as
select a.*, r.agent_pilote as agent, r.plans, key_of(coalesce(r.mandataire, (
        select coalesce(o.mandataire, s.mandataire)
        from unit_oo u join oo o on o.line = u.line
        left join unit_os t on t.plan = u.plan and t.os = u.os left join os s on s.line = t.line
        where u.plan = a.plan and u.oo = key_of(trim(string_split(r.code_oo, ';')[1]))
    ))) as mandataire,
    a.suivie and a.state <> 'Terminé' as ouverte,
    coalesce(r.debut_effectif, r.debut_prevu) as debut,
    case when not a.suivie or a.avancement is null or a.echeance < debut or debut is null
              or a.echeance is null then null
         when day >= a.echeance then 100.0
         when day <= debut then 0.0
         else (day - debut) / (a.echeance - debut) * 100 end as attendu,
    round(a.avancement - attendu, 6) as ecart,
    if(ouverte, a.echeance - day, null) as jours,
    if(ouverte and r.date_maj is not null, greatest(day - r.date_maj, 0), null) as age,
    ouverte and (r.date_maj is null or coalesce(age > 183, false)) as sans_maj,
    a.state not in ('Terminé', 'Abandonné') as pas_close,
    pas_close and (a.state = 'Problème' or coalesce(key_of(r.sante) = 'blocage', false)) as bloquee,
    pas_close and not bloquee and coalesce(key_of(r.sante) in ('risque', 'en pause'), false)
        as a_risque,
    a.pst and a.state = 'Abandonné' as abandon,
    abandon and r.commentaire is null and r.detail_sante is null as sans_motif,
    (select count(distinct coalesce('=' || s.oo, '')) from served s where s.line = a.line) > 1
        as partagee,
    not exists (from served s where s.line = a.line and s.oo is not null) as sans_oo
from action a join actions r on r.line = a.line join observation o on o.plan = a.plan;

-- An OO that no action serves: the codes of each are looked at, the first three of more than four.
create or replace table goal as
select o.plan, o.line, not exists (
    from served s join action a on a.line = s.line
    where a.plan = o.plan and s.oo = key_of(o.code)
) as sans_action,
    not exists (from unit_os s where s.plan = o.plan and s.os = key_of(o.code_os)) as sans_os
from oo o;

create or replace table aim as
select s.plan, s.line, not exists (
    from oo o where o.plan = s.plan and key_of(o.code_os) = key_of(s.code)
) as sans_oo
from os s;

create or replace table watched_by_os as
select w.*, s.os from watched w join (select distinct line, os from served) s on s.line = w.line;

-- The other plans that an action serves, each once for every time that its cell names it.
create or replace table watched_by_plan as
select w.* exclude (plans), key_of(unnest(if(plans is null, [null], string_split(plans, ';')))) as other
from watched w;
