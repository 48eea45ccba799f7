/** What the audit counts of sessions: each of these asks for a `count`, of nothing where all is right. */

/** Each line of a session is one rated usage; octets are rated in begun KB. */
export const SESSIONS_WITHOUT_USAGE = `
with line as (
  select s.lane, (l->>'usageId')::uuid as usage_id,
    case when l->>'usageClass' = 'data' then ((l->>'used')::numeric + 1023)::bigint / 1024 else (l->>'used')::bigint end as quantity
  from charging.session s, jsonb_array_elements(s.lines::jsonb) as l
), rated as (
  select lane, usage_id, quantity from charging.rated_usage where source = 'nchf'
)
select count(*)::text as count from line full join rated using (lane, usage_id)
where coalesce(line.quantity, 0) <> coalesce(rated.quantity, 0)`;

/** Each open session is looked at in the second in which it is dead. */
export const SESSIONS_WITHOUT_DEADLINE = `
with looked_at as (
  select each.lane, each.session_id, min(d.expires_at) as at
  from charging.session_deadline d cross join unnest(d.lanes, d.session_ids) as each (lane, session_id) group by 1, 2
)
select count(*)::text as count from charging.session s left join looked_at l using (lane, session_id)
where s.state = 'open' and (l.at is null or l.at >= s.expires_at + interval '1 second')`;

/** What buckets hold reserved is what sessions do, also by the member whose cap it counts against. */
export const RESERVED_WITHOUT_RESERVATIONS = `
with by_member as (
  select s.lane, s.card_group_id, s.period, r->>'bucket' as code, r->>'member' as member, sum((r->>'units')::bigint) as units
  from charging.session s, jsonb_array_elements(s.reserved::jsonb) as r where r->>'kind' = 'units' group by 1, 2, 3, 4, 5
), held as (
  select lane, card_group_id, period, code, sum(units) as units,
    jsonb_object_agg(member, units::text) filter (where member is not null) as members
  from by_member group by 1, 2, 3, 4
)
select count(*)::text as count from charging.bucket_balance b full join held h using (lane, card_group_id, period, code)
where coalesce(b.reserved, 0) <> coalesce(h.units, 0)
  or coalesce(b.member_reserved, '{}') <> coalesce(h.members, '{}')`;

/**
 * What card groups hold of counters is what their sessions do, in each of the values of a counter but its exact price. Rows that hold
 * none, nearly all, are not looked into.
 */
export const HOLDS_WITHOUT_RESERVATIONS = `
with held as (
  select s.lane, s.card_group_id, s.period, r->>'bucket' as counter, value.at, sum(value.text::numeric) as counted
  from charging.session s, jsonb_array_elements(s.reserved::jsonb) as r,
    jsonb_array_elements_text(r->'counted') with ordinality as value (text, at)
  where s.reserved like '%"kind":"counter"%' and r->>'kind' = 'counter' and value.at <> 4 group by 1, 2, 3, 4, 5
), kept as (
  select g.lane, g.card_group_id, g.period, counter.key as counter, value.at, value.text::numeric as counted
  from charging.group_period g, jsonb_each(g.counter_holds::jsonb) as counter,
    jsonb_array_elements_text(counter.value) with ordinality as value (text, at)
  where g.counter_holds is not null and value.at <> 4
)
select count(*)::text as count from kept full join held using (lane, card_group_id, period, counter, at)
where coalesce(kept.counted, 0) <> coalesce(held.counted, 0)`;
