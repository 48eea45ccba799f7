import type { UsageSourcePolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';

/** A switch whose lines have fixed places; what a test is about is put in their stead. */
export const msc: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'msc',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  source: 'msc',
  format: 'fixed-width',
  zone: 'Asia/Shanghai',
  columns: { recordId: 'id', type: 'type', subscriber: 'who', peer: null, start: 'at' },
  subscriberBy: 'number',
  types: [{ value: 'V', usageClass: 'voice', quantity: 'amount', unit: 'second' }],
  lateAfterPeriods: 2,
};
