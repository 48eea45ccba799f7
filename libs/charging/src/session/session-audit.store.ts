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
