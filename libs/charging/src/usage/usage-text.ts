import { amountToDecimal } from '@ronghe/kernel';
import type { StoredUsage } from './rated-usage';

/** One line for people: `9 minutes: 6 from convergent-199/voice, 3 charged: 0.45`. */
export function usageText({
  unitsTotal,
  unit,
  takes,
  unitsCharged,
  amount,
  zeroedByCap,
}: StoredUsage): string {
  const parts = takes.map((take) => `${take.units} from ${take.bucketCode}`);
  if (unitsCharged > 0n)
    parts.push(`${unitsCharged} charged: ${amountToDecimal(amount)}${zeroedByCap ? ' (cap reached)' : ''}`);
  const counted = `${unitsTotal} ${unit === 'kb' ? 'KB' : `${unit}${unitsTotal === 1n ? '' : 's'}`}`;
  return parts.length === 0 ? `${counted}: nothing to charge` : `${counted}: ${parts.join(', ')}`;
}
