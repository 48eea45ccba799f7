import type { UsageClass } from '@ronghe/contracts';
import type { Amount } from '@ronghe/kernel';
import { ChargingRefusal } from './charging-refusal';
import { usedLimitOf } from './units';

/** Refuses a total of a session that cannot be. @throws ChargingRefusal OPTIONAL_IE_INCORRECT */
export function refuseTooMuch(usageClass: UsageClass, used: bigint): void {
  const limit = usedLimitOf(usageClass);
  if (used <= limit) return;
  throw new ChargingRefusal(400, 'OPTIONAL_IE_INCORRECT', 'more was used than one session can', [
    { param: 'multipleUnitUsage', reason: `the session's total exceeds ${limit}` },
  ]);
}

/** What a column of amounts holds. */
const AMOUNT_LIMIT = 2n ** 63n - 1n;

/** Refuses use that costs more than can be kept; the price is to blame. @throws ChargingRefusal OPTIONAL_IE_INCORRECT */
export function refuseTooDear(amount: Amount): void {
  if (amount <= AMOUNT_LIMIT && amount >= -AMOUNT_LIMIT) return;
  throw new ChargingRefusal(400, 'OPTIONAL_IE_INCORRECT', 'what was used costs more than one session can', [
    { param: 'multipleUnitUsage', reason: `its price exceeds ${AMOUNT_LIMIT} millionths of a yuan` },
  ]);
}
