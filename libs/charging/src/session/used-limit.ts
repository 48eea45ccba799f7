import type { UsageClass } from '@ronghe/contracts';
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
