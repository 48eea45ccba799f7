import type { PolicyDocument } from '@ronghe/contracts';
import { addDays, previousBillPeriod, type BillCycle, type BillPeriod, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { isPolicyInForce } from '@ronghe/rating';
import { usageSourcesOn } from '../policy';
import { readPolicies, readWatermarks } from '../projection/projection.store';
import { openInputs, type RunInput } from './run-inputs';

/** A period of a cycle that is to be run. */
interface CyclePeriod {
  period: BillPeriod;
  cycle: BillCycle;
}

/** What the run of a period waits for now. `behind`: producers with facts not applied, asked before the transaction. */
export async function readInputsOf(
  tx: Tx,
  asked: CyclePeriod,
  behind: readonly string[],
): Promise<RunInput[]> {
  const [inputs = []] = await readOpenInputs(tx, [asked], behind);
  return inputs;
}

/** The same of several periods, in their order, read at once. */
export async function readOpenInputs(
  tx: Tx,
  asked: readonly CyclePeriod[],
  behind: readonly string[],
): Promise<RunInput[][]> {
  if (asked.length === 0) return [];
  const policies = await readPolicies(tx);
  const watermarks = await readWatermarks(tx);
  const facts = await readCycleFacts(tx, asked);
  return asked.map(({ period, cycle }, index) => {
    const lastDay = addDays(period.endDay, -1);
    const { hasPrepaid = false, lacksPeriodBefore = false } = facts[index] ?? {};
    return openInputs({
      periodEnd: period.to,
      cutOffHours: cutOffHoursOn(policies, lastDay),
      now: tx.now,
      sources: usageSourcesOn(policies, lastDay),
      prepaidZone: hasPrepaid ? cycle.zone : null,
      watermarks,
      behind,
      periodBefore: lacksPeriodBefore ? previousBillPeriod(period, cycle) : null,
    });
  });
}

/**
 * Whether cycles had prepaid accounts in periods, and whether the period before should have been run and was not: the cycle
 * had accounts in it, and no run of it is completed. Periods are billed in their order; by hand, forced with a reason,
 * one may be left out and run later.
 */
async function readCycleFacts(
  tx: Tx,
  asked: readonly CyclePeriod[],
): Promise<{ hasPrepaid: boolean; lacksPeriodBefore: boolean }[]> {
  const before = asked.map(({ period, cycle }) => previousBillPeriod(period, cycle));
  const rows = await tx.query<{ has_prepaid: boolean; lacks_period_before: boolean }>(
    `select exists (select from billing.account as own where own.bill_day = asked.bill_day and own.zone = asked.zone
                      and own.payment_mode = 'prepaid' and own.opened_at < asked.period_to) as has_prepaid,
            exists (select from billing.account as own where own.bill_day = asked.bill_day and own.zone = asked.zone
                      and own.opened_at < asked.before_to)
              and not exists (select from billing.bill_run as run
                              where run.bill_day = asked.bill_day and run.zone = asked.zone and run.period = asked.before
                                and run.state = 'completed' and run.account_id is null) as lacks_period_before
     from unnest($1::smallint[], $2::text[], $3::timestamptz[], $4::text[], $5::timestamptz[])
       with ordinality as asked (bill_day, zone, period_to, before, before_to, no)
     order by asked.no`,
    [
      asked.map(({ cycle }) => cycle.billDay),
      asked.map(({ cycle }) => cycle.zone),
      asked.map(({ period }) => period.to),
      before.map(({ key }) => key),
      before.map(({ to }) => to),
    ],
  );
  return rows.map(({ has_prepaid, lacks_period_before }) => ({
    hasPrepaid: has_prepaid,
    lacksPeriodBefore: lacks_period_before,
  }));
}

/** Null when no billing policy is in force on the day. */
export function cutOffHoursOn(policies: readonly PolicyDocument[], day: LocalDate): number | null {
  const hours = policies.flatMap((policy) =>
    policy.kind === 'billing' && isPolicyInForce(policy, day) ? [policy.cutOffHours] : [],
  );
  return hours.length === 0 ? null : Math.max(...hours);
}
