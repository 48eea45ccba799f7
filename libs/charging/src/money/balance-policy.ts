import type { BalancePolicy } from '@ronghe/contracts';

/** What holds where no document says anything: no credit, no bonus, no notices, unpaid fees do not stop anything. */
export const plainBalancePolicy: BalancePolicy = {
  kind: 'balance',
  code: 'balance',
  version: 0,
  effectiveFrom: '1970-01-01' as BalancePolicy['effectiveFrom'],
  effectiveTo: null,
  creditLimit: '0',
  topUp: { minimum: '0.01', maximum: '1000000.00', validDays: null, bonuses: [] },
  notices: { usedPercents: [], lowMoney: null, spendCaps: [] },
  prepaidFee: { retryHours: 24, graceHours: null },
};
