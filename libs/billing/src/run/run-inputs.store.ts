import type { PolicyDocument } from '@ronghe/contracts';
import { addDays, type BillCycle, type BillPeriod, type LocalDate } from '@ronghe/kernel';
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
  });
}

/** Null when no billing policy is in force on the day. */
export function cutOffHoursOn(policies: readonly PolicyDocument[], day: LocalDate): number | null {
  const hours = policies.flatMap((policy) =>
    policy.kind === 'billing' && isPolicyInForce(policy, day) ? [policy.cutOffHours] : [],
  );
  return hours.length === 0 ? null : Math.max(...hours);
}
