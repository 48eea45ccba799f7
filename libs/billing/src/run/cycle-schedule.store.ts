import type { BillCycle, BillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** Schedules: the end of each cycle's period, and the cut-off of a run that begins later than that. */
export const cycleEnded = 'billing.cycleEnded';
export const cutOffReached = 'billing.cutOffReached';

/** Has the run of a cycle's period made when the period ends. */
export async function scheduleCycle(tx: Tx, cycle: BillCycle, period: BillPeriod): Promise<void> {
  const data = { billDay: cycle.billDay, zone: cycle.zone, period: period.key };
  await tx.schedule(cycleEnded, `${cycle.billDay}/${cycle.zone}`, period.to, data);
}
