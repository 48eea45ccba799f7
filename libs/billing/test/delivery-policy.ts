import type { BillDeliveryPolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';

const telecom = { code: '3030100000000000000', name: '*电信服务*基础电信服务' };

/** Tries three times, a second apart. */
export const deliveryPolicy: BillDeliveryPolicy = {
  kind: 'bill-delivery',
  code: 'bill-delivery',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  channel: 'none',
  language: 'zh-CN',
  attachments: ['pdf'],
  retry: { firstSeconds: 1, longestSeconds: 2, attempts: 3 },
  sender: 'bills@ronghe.example',
  taxInvoices: 'wished',
  seller: { name: '融合电信', taxNumber: '91000000RONGHE0001', address: null, bank: null },
  items: ['mobile-plan', 'iptv-content', 'value-added'].map((taxClass) => ({ taxClass, ...telecom })),
};
