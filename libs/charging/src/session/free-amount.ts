import type { UsageClass } from '@ronghe/contracts';
import { grantQuota, type QuotaQuestion } from '@ronghe/rating';
import { amountOfQuantity, quantityOf } from './units';

/** How much of a class may still be used, up to a limit: octets, seconds, messages or items. */
export function freeOf(
  usageClass: UsageClass,
  question: Omit<QuotaQuestion, 'wanted'>,
  limit: bigint,
): bigint {
  const { quantity } = grantQuota({ ...question, wanted: quantityOf(usageClass, limit) });
  return amountOfQuantity(usageClass, quantity);
}
