import type { PolicyDocument } from '@ronghe/contracts';
import { addDays, previousBillPeriod, type BillCycle, type BillPeriod, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { isPolicyInForce } from '@ronghe/rating';
import { usageSourcesOn } from '../policy';
import { hasPrepaid } from '../projection/account.store';
import { readPolicies, readWatermarks } from '../projection/projection.store';
import { openInputs, type RunInput } from './run-inputs';

/** What a run of the period waits for now. `behind`: producers with facts not applied, asked before the transaction. */
export async function readOpenInputs(
  tx: Tx,
  { period, cycle }: { period: BillPeriod; cycle: BillCycle },
  behind: readonly string[],
): Promise<RunInput[]> {
  const policies = await readPolicies(tx);
  const lastDay = addDays(period.endDay, -1);
  return openInputs({
    periodEnd: period.to,
    cutOffHours: cutOffHoursOn(policies, lastDay),
    now: tx.now,
    sources: usageSourcesOn(policies, lastDay),
    prepaidZone: (await hasPrepaid(tx, cycle, period.to)) ? cycle.zone : null,
    watermarks: await readWatermarks(tx),
    behind,
    periodBefore: await periodNotRun(tx, previousBillPeriod(period, cycle), cycle),
  });
}

/**
 * A period that should have been run and was not: the cycle had accounts in it, and no run of it is completed. Periods are
 * billed in their order; by hand, forced with a reason, one may be left out and run later.
 */
async function periodNotRun(tx: Tx, period: BillPeriod, cycle: BillCycle): Promise<BillPeriod | null> {
  const [row] = await tx.query<{ is_missing: boolean }>(
    `select exists (select from billing.account where bill_day = $1 and zone = $2 and opened_at < $3)
        and not exists (select from billing.bill_run
                        where bill_day = $1 and zone = $2 and period = $4 and state = 'completed'
                          and account_id is null) as is_missing`,
    [cycle.billDay, cycle.zone, period.to, period.key],
  );
  return row?.is_missing ? period : null;
}

/** Null when no billing policy is in force on the day. */
export function cutOffHoursOn(policies: readonly PolicyDocument[], day: LocalDate): number | null {
  const hours = policies.flatMap((policy) =>
    policy.kind === 'billing' && isPolicyInForce(policy, day) ? [policy.cutOffHours] : [],
  );
  return hours.length === 0 ? null : Math.max(...hours);
}
