import { amountToDecimal } from '@ronghe/kernel';
import { quantityInWords } from '@ronghe/rating';
import type { StoredUsage } from './rated-usage';

/** One line for people: `9 min: 6 min from convergent-199/voice, 3 min charged: 0.45`. */
export function usageText({
  unitsTotal,
  unit,
  takes,
  unitsCharged,
  amount,
  zeroedByCap,
}: StoredUsage): string {
  const words = (units: bigint) => quantityInWords(unit, units).en;
  const parts = takes.map((take) => `${words(take.units)} from ${take.bucketCode}`);
  if (unitsCharged > 0n) {
    const cap = zeroedByCap ? ' (cap reached)' : '';
    parts.push(`${words(unitsCharged)} charged: ${amountToDecimal(amount)}${cap}`);
  }
  const counted = words(unitsTotal);
  return parts.length === 0 ? `${counted}: nothing to charge` : `${counted}: ${parts.join(', ')}`;
}
