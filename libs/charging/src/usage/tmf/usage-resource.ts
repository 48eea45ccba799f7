import type { HrefOf } from '@ronghe/contracts';
import { amountToDecimal, isId, type Amount } from '@ronghe/kernel';
import type { StoredUsage } from '../rated-usage';
import type { UsageFile } from '../usage-file';

/** Where TMF635 Usage Management v4 is served. */
export const usageManagementRoot = 'tmf-api/usageManagement/v4';

/** How an exact decimal becomes a JSON number. */
export type NumberOf = (text: string) => unknown;

/** A usage that came by TMF635: rated, or known by its delivery as long as it is not. */
export type UsageName =
  { kind: 'rated'; lane: number; usageId: string } | { kind: 'delivery'; fileId: string };

/** The id of a resource: it says where the usage lies. */
export function usageResourceId(name: UsageName): string {
  return name.kind === 'rated' ? `${name.lane}.${name.usageId}` : `delivery.${name.fileId}`;
}

/** The inverse of usageResourceId; null for what is no such id. */
export function parseUsageResourceId(id: string): UsageName | null {
  const [place = '', name = '', ...more] = id.split('.');
  if (more.length > 0 || !isId(name)) return null;
  if (place === 'delivery') return { kind: 'delivery', fileId: name };
  return /^\d{1,4}$/.test(place) ? { kind: 'rated', lane: Number(place), usageId: name } : null;
}

interface ViewOptions {
  number: NumberOf;
  hrefOf: HrefOf;
}

/** A rated usage as TMF635 has it; amounts with tax, in CNY. */
export function usageResource(usage: StoredUsage, { number, hrefOf }: ViewOptions): object {
  const id = usageResourceId({ kind: 'rated', ...usage });
  const money = (amount: Amount) => ({ unit: 'CNY', value: number(amountToDecimal(amount)) });
  return {
    id,
    href: hrefOf(`/${usageManagementRoot}/usage`, id),
    usageDate: usage.usedAt,
    usageType: usage.usageClass,
    status: usage.revision > 1 ? 'rerated' : 'rated',
    usageSpecification: { id: usage.source },
    usageCharacteristic: [
      { name: 'recordId', valueType: 'string', value: usage.recordId },
      { name: 'quantity', valueType: 'number', value: number(usage.quantity.toString()) },
      ...(usage.peer === null ? [] : [{ name: 'peer', valueType: 'string', value: usage.peer }]),
    ],
    ratedProductUsage: [
      {
        ratingAmountType: 'Total',
        usageRatingTag: usage.unitsCharged > 0n ? 'Usage' : 'Included usage',
        productRef: { id: usage.productId },
        taxIncludedRatingAmount: money(usage.amount),
        '@type': 'RatedProductUsage',
      },
    ],
    '@type': 'Usage',
  };
}

/** A usage that is not rated, or not yet: what is known of its delivery. */
export function deliveryResource(file: UsageFile, hrefOf: HrefOf): object {
  const id = usageResourceId({ kind: 'delivery', fileId: file.fileId });
  return {
    id,
    href: hrefOf(`/${usageManagementRoot}/usage`, id),
    status: statusOf(file),
    usageSpecification: { id: file.source },
    '@type': 'Usage',
  };
}

function statusOf({ rated, suspended, reconciled, combined }: UsageFile): string {
  if (rated > 0 || combined > 0) return 'rated';
  if (reconciled > 0) return 'guided';
  return suspended > 0 ? 'rejected' : 'received';
}
