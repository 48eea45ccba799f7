import { Injectable } from '@nestjs/common';
import type { CommandInput, UnitsGranted } from '@ronghe/contracts';
import { billPeriodAt, isId, newId, type Instant } from '@ronghe/kernel';
import { OnCommand, requestContext, Transactions, type Tx } from '@ronghe/platform';
import { AccountBooks } from '../balance/account-books.service';
import { Balances } from '../balance/balance.service';
import { cycleOf } from '../balance/wanted-grants';
import { chargingError } from '../charging.errors';
import { touchProducts } from '../projection/account.store';
import type { PurseKey } from '../money/purse.store';
import { locateProducts } from '../projection/product.store';
import { unitSharers } from '../session/notification/credit-back.store';
import { noteCreditChanges } from '../session/notification/session-notification.store';
import type { UnitGrant } from './unit-grant';
import { insertUnitGrant } from './unit-grant.store';

type GrantRequest = CommandInput<'charging.grantUnits'>;

/** Whole units, more than zero. */
const QUANTITY = /^[1-9]\d{0,14}$/;

/** Gives units once: a bucket beside those of the offers. */
@Injectable()
export class UnitGrants {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
    private readonly balances: Balances,
  ) {}

  /** Once for each payment or voucher. @throws DomainError `product_not_found`, `unit_grant_invalid`. */
  @OnCommand('charging.grantUnits')
  grantUnits(request: GrantRequest, tx: Tx): Promise<UnitsGranted> {
    return this.grantAndNote(tx, request);
  }

  /** The same on somebody's word. */
  give(request: GrantRequest, idempotencyKey: string): Promise<UnitsGranted> {
    return this.transactions.once('charging.giveUnits', idempotencyKey, { ...request }, (tx) =>
      this.grantAndNote(tx, request),
    );
  }

  /**
   * For a transaction that goes on to lock fees and money: behind them it has to note that credit came back.
   * @returns what was given, and the accounts that may use it now
   */
  async grant(tx: Tx, request: GrantRequest): Promise<{ units: UnitsGranted; sharers: PurseKey[] }> {
    const { productId, reason } = request;
    const [place] = isId(productId) ? await locateProducts(tx, [productId]) : [];
    if (!place) throw chargingError('product_not_found', 'charging does not know the product', { productId });
    await touchProducts(tx, place.accountId);
    const book = await this.books.open(tx, [place.accountId]);
    const product = book.productOf(productId);
    if (!product) throw chargingError('projection_behind', 'the product has not arrived', { productId });
    const validFrom: Instant = request.validFrom ?? tx.now;
    const validTo = request.validTo ?? billPeriodAt(validFrom, cycleOf(place.accountId, book)).to;
    check(request, { validFrom, validTo, now: tx.now });
    const { lane, accountId, cardGroupId } = place;
    const grant: UnitGrant = {
      ...{ lane, accountId, cardGroupId, grantId: newId(), validFrom, validTo },
      ownerProductId: productId,
      offeringCode: product.offeringCode,
      offeringVersion: product.offeringVersion,
      productId: request.isForProductOnly === true ? productId : null,
      label: request.label,
      usageClasses: request.usageClasses,
      unit: request.unit,
      quantity: BigInt(request.quantity),
      priority: request.priority ?? 0,
    };
    await insertUnitGrant(tx, grant, { reason, by: requestContext().actor?.id ?? 'system' });
    // What begins in a later period is found when that opens.
    if (billPeriodAt(validFrom, cycleOf(accountId, book)).from <= tx.now)
      await this.balances.grantsChanged(tx, product, tx.now);
    const sharers = unitSharers(lane, [book.ratingUnitOf(product, tx.now)], book);
    return {
      units: { grantId: grant.grantId, bucket: `grant/${grant.grantId}`, validFrom, validTo },
      sharers: validFrom <= tx.now ? sharers : [],
    };
  }

  private async grantAndNote(tx: Tx, request: GrantRequest): Promise<UnitsGranted> {
    const { units, sharers } = await this.grant(tx, request);
    await noteCreditChanges(tx, sharers);
    return units;
  }
}

function check(
  { quantity, usageClasses }: GrantRequest,
  { validFrom, validTo, now }: { validFrom: Instant; validTo: Instant; now: Instant },
): void {
  if (QUANTITY.test(quantity) && usageClasses.length > 0 && validFrom >= now && validTo > validFrom) return;
  throw chargingError(
    'unit_grant_invalid',
    'whole units of some usage are given, from now on or later until a later end',
    { quantity, usageClasses, validFrom, validTo },
  );
}
