import type { UsageClass } from '@ronghe/contracts';

/** Offline records of one product and class against what its online sessions reported. Quantities as measured. */
export interface UsageReconciliation {
  productId: string;
  usageClass: UsageClass;
  records: number;
  recordQuantity: bigint;
  sessions: number;
  sessionQuantity: bigint;
}
