import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import type { TestOperator } from '@ronghe/testing';

/** A prepaid account with a card. */
export interface OpenedAccount {
  accountId: string;
  number: string;
  balanceGroupId: string;
  lane: number;
}

/** Opens a prepaid account with a card of the plan prepaid-8, by facts alone; beside others of a balance group, or by itself. */
export async function openPrepaid(
  operator: TestOperator,
  number: string,
  { balanceGroupId, from }: { balanceGroupId: string; from: string } = {
    balanceGroupId: newId(),
    from: '2026-06-10T00:00:00+08:00',
  },
): Promise<OpenedAccount> {
  const [accountId, customerId, productId] = [newId(), newId(), newId()];
  const lane = laneOf(balanceGroupId);
  const openedAt = instantFromIso(from);
  const paymentMode = 'prepaid' as const;
  const opened = {
    accountId,
    customerId,
    balanceGroupId,
    lane,
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode,
    openedAt,
  };
  await operator.publish('account.opened.v1', { aggregateId: accountId, lane, payload: opened });
  const payload = {
    ...{ productId, customerId, accountId, lane, orderId: newId(), cardGroupId: productId },
    ...{ offeringCode: 'prepaid-8', offeringVersion: 1, role: 'main' as const, card: 'main' },
    ...{ bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null },
    resources: [{ resourceId: newId(), kind: 'mobile_number' as const, value: number }],
    onlineClasses: [],
    effectiveFrom: openedAt,
    effectiveTo: null,
  };
  await operator.publish('product.activated.v1', { aggregateId: productId, lane, payload });
  await operator.settle();
  return { accountId, number, balanceGroupId, lane };
}
