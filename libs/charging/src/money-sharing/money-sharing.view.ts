import { amountToDecimal, minAmount, subtractAmounts } from '@ronghe/kernel';
import type { MoneyShareUse, MoneySharing } from './money-sharing';

/** A sharing of money as GraphQL shows it; what was used comes by itself. */
export function moneySharingView(sharing: MoneySharing) {
  const { sharingId, ownerAccountId, memberAccountId, cap, fromPeriod, toPeriod } = sharing;
  return {
    ...{ sharingId, fromPeriod, toPeriod, sharing },
    account: { accountId: ownerAccountId },
    memberAccount: { accountId: memberAccountId },
    cap: cap && amountToDecimal(cap),
  };
}

/** What was used of it in a period. */
export function moneyShareUseView({ cap }: MoneySharing, { period, used, reserved }: MoneyShareUse) {
  return {
    period,
    used: amountToDecimal(used),
    reserved: amountToDecimal(reserved),
    remaining: cap && amountToDecimal(subtractAmounts(cap, minAmount(used, cap))),
  };
}
