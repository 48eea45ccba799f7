import type { ProductState } from '@ronghe/contracts';
import { billPeriodAt, type Instant } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import type { NumberHolder } from '../usage/guide';
import { keysOfIdentifier } from '../usage/subscriber-keys';
import { ChargingRefusal } from './charging-refusal';
import type { ChargingRequest } from './charging-data';

/** Where a new session belongs. */
export interface GuidedSession {
  product: ProductState;
  /** Bill period of its start. */
  period: string;
  /** A recurring fee of the product is unpaid beyond its grace. */
  hasUnpaidFee: boolean;
}

/** The keys by which charging finds the product of a create's subscriber. @throws ChargingRefusal when none is named */
export function subscriberKeys({ subscriber }: ChargingRequest): string[] {
  if (subscriber === null) {
    throw new ChargingRefusal(400, 'MANDATORY_IE_MISSING', 'a session needs a subscriber', [
      { param: 'subscriberIdentifier', reason: 'missing' },
    ]);
  }
  return keysOfIdentifier(subscriber);
}

/** The product that holds the number or SIM now. @throws ChargingRefusal USER_UNKNOWN */
export function guideSession(
  holder: NumberHolder,
  bookOf: (accountId: string) => AccountBook,
  now: Instant,
): GuidedSession {
  const book = bookOf(holder.accountId);
  const product = book.productOf(holder.productId);
  const cycle = book.cycleOf(holder.accountId);
  if (!product || !cycle) throw userUnknown();
  return { product, period: billPeriodAt(now, cycle).key, hasUnpaidFee: holder.isBlocked === true };
}

/** Why a create is refused whose number or SIM nobody holds. */
export function userUnknown(): ChargingRefusal {
  return new ChargingRefusal(404, 'USER_UNKNOWN', 'nobody holds this number or SIM');
}
