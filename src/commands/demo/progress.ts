import { sql } from 'kysely';
import type { Db } from '../../storage/context.js';
import { houseStatus } from '../../storage/status.js';

/** Median and 95th percentile of the last hundred: from a frame's receipt to the violation that it proves, ms. */
async function latency(db: Db): Promise<{ median: number; p95: number } | undefined> {
  const { rows } = await sql<{ median: number | null; p95: number | null }>`
    with last as (
      select extract(epoch from v.created_at - (
        select max(f.received_at) from frames f
        where f.id = any (select (e ->> 'frameId')::uuid from jsonb_array_elements(v.evidence) e)
      )) * 1000 as ms
      from violations v order by v.created_at desc limit 100
    )
    select percentile_cont(0.5) within group (order by ms) as median,
           percentile_cont(0.95) within group (order by ms) as p95 from last where ms is not null`.execute(
    db,
  );
  const { median, p95 } = rows[0] ?? { median: null, p95: null };
  return median === null || p95 === null ? undefined : { median: Math.round(median), p95: Math.round(p95) };
}

/** One line of the demo's progress. */
export async function progressLine(db: Db): Promise<string> {
  const s = await houseStatus(db);
  const l = await latency(db);
  const cases = Object.entries(s.cases).map(([state, n]) => `${state} ${n}`);
  return [
    `frames ${s.frames}${s.framesSetAside > 0 ? ` (${s.framesSetAside} set aside)` : ''}`,
    `passages ${s.passages}`,
    `violations ${s.violations}`,
    `cases ${cases.length === 0 ? 0 : cases.join(', ')}`,
    `notices ${s.notices}`,
    `paid ${s.payments}`,
    `queue ${s.queueDepth}`,
    l === undefined ? 'frame to violation –' : `frame to violation ${l.median} ms (p95 ${l.p95})`,
  ].join(' · ');
}
