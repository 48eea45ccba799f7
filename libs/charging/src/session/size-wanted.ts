import type { UsageClass } from '@ronghe/contracts';
import { instantToMs } from '@ronghe/kernel';
import type { QuotaQuestion } from '@ronghe/rating';
import type { UnitUsage } from './charging-data';
import type { ChargingTime } from './charging-time';
import { freeOf } from './free-amount';
import { grantSize } from './grant-size';
import { grantSizeOf } from './online-policy';
import type { GrantPace } from './session';
import { amountOf } from './units';

/**
 * How much a rating group wants that names no size, in the network's units: by what it used since its last grant, and by what is
 * free.
 */
export function sizeWanted(
  { policy, systemNow }: ChargingTime,
  unit: UnitUsage,
  usageClass: UsageClass,
  { question, last }: { question: QuotaQuestion; last: GrantPace | undefined },
): bigint {
  const sizes = grantSizeOf(policy, usageClass);
  const used = unit.used.reduce((sum, each) => sum + (amountOf(usageClass, each) ?? 0n), 0n);
  const seconds = last ? (instantToMs(systemNow) - instantToMs(last.at)) / 1000 : 0;
  return grantSize({
    sizes,
    grantLastsSeconds: policy.grantLastsSeconds,
    shareOfFreePercent: policy.shareOfFreePercent,
    pace: last ? { used, seconds } : null,
    free: question.funds === null ? null : freeOf(usageClass, question, BigInt(sizes.maximum)),
  });
}
