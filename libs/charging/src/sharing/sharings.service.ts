import { Injectable } from '@nestjs/common';
import { billPeriodAt, isId, maxInstant, newId, type Instant } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts, touchProducts, type ChargingAccount } from '../projection/account.store';
import { locateProducts, type ProductPlace } from '../projection/product.store';
import { conflictOf, type Sharing, type SharingCap } from './sharing';
import { endSharing, findSharings, insertSharing } from './sharing.store';

/** What staff say when products are to share. */
export interface SharingRequest {
  /** A product of the card group whose allowances are shared. */
  ownerProductId: string;
  /** A product of the card group that may use them. */
  memberProductId: string;
  caps: SharingCap[];
  reason: string;
}

/** Card groups of one account, or of accounts of one balance group, that use each other's allowances. */
@Injectable()
export class Sharings {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Lets a card group use another one's base allowances from the start of the next bill period on.
   * @throws DomainError `product_not_found`, `sharing_accounts_differ`, `sharing_cap_invalid`, `sharing_conflict`.
   */
  share(request: SharingRequest, idempotencyKey: string): Promise<Sharing> {
    return this.transactions.once('charging.shareAllowances', idempotencyKey, { ...request }, async (tx) => {
      for (const cap of request.caps) checkCap(cap);
      const [owner, member] = await placesOf(tx, [request.ownerProductId, request.memberProductId]);
      const account = await accountOf(tx, owner.accountId);
      const memberAccount = await accountOf(tx, member.accountId);
      checkMayShare(account, memberAccount);
      await touchProducts(tx, account.accountId);
      const { lane, accountId, balanceGroupId } = account;
      const sharing: Sharing = {
        ...{ lane, balanceGroupId, accountId, sharingId: newId(), caps: request.caps },
        memberAccountId: memberAccount.accountId,
        ownerCardGroupId: owner.cardGroupId,
        memberCardGroupId: member.cardGroupId,
        effectiveFrom: billPeriodAt(tx.now, account).to,
        effectiveTo: null,
      };
      const conflict = conflictOf(sharing, await findSharings(tx, [account]));
      if (conflict) throw chargingError('sharing_conflict', `it cannot share: ${conflict}`, { conflict });
      await insertSharing(tx, sharing, causeOf(request.reason));
      return sharing;
    });
  }

  /**
   * Ends a sharing with the present bill period; one that has not begun never begins.
   * @throws DomainError `sharing_not_found`, `sharing_ended`.
   */
  end(
    request: { accountId: string; sharingId: string; reason: string },
    idempotencyKey: string,
  ): Promise<Sharing> {
    return this.transactions.once('charging.endSharing', idempotencyKey, request, async (tx) => {
      const account = await accountOf(tx, request.accountId);
      await touchProducts(tx, account.accountId);
      const sharing = (await findSharings(tx, [account])).find(
        (each) => each.sharingId === request.sharingId && isPartOf(each, account.accountId),
      );
      if (!sharing) throw chargingError('sharing_not_found', 'the account has no such sharing', request);
      if (sharing.effectiveTo !== null)
        throw chargingError('sharing_ended', 'it has been ended before', {
          effectiveTo: sharing.effectiveTo,
        });
      const effectiveTo: Instant = maxInstant(sharing.effectiveFrom, billPeriodAt(tx.now, account).to);
      await endSharing(tx, sharing, effectiveTo, causeOf(request.reason));
      return { ...sharing, effectiveTo };
    });
  }

  /** Every sharing of each account, as owner or member, also ended ones, in the order of the ids. */
  ofAccounts(accountIds: readonly string[]): Promise<Sharing[][]> {
    return this.transactions.read(async (tx) => {
      const sharings = await findSharings(tx, await findAccounts(tx, accountIds.filter(isId)));
      return accountIds.map((accountId) => sharings.filter((sharing) => isPartOf(sharing, accountId)));
    });
  }
}

/** Whole periods are shared, and a unit lies in one lane: both accounts have one group and one cycle. */
function checkMayShare(owner: ChargingAccount, member: ChargingAccount): void {
  if (
    owner.balanceGroupId === member.balanceGroupId &&
    owner.billDay === member.billDay &&
    owner.zone === member.zone
  )
    return;
  throw chargingError('sharing_accounts_differ', 'the accounts are not of one balance group and bill cycle', {
    accountIds: [owner.accountId, member.accountId],
  });
}

function isPartOf({ accountId, memberAccountId }: Sharing, of: string): boolean {
  return accountId === of || memberAccountId === of;
}

function causeOf(reason: string): { reason: string; by: string } {
  return { reason, by: requestContext().actor?.id ?? 'system' };
}

/** Whole units, and one thing that they are of. */
const UNITS = /^\d{1,15}$/;

function checkCap(cap: SharingCap): void {
  const isOfOne = (cap.allowanceCode === null) !== (cap.usageClass === null);
  if (isOfOne && UNITS.test(cap.units)) return;
  throw chargingError('sharing_cap_invalid', 'a cap names an allowance or a usage class, and whole units', {
    ...cap,
  });
}

async function placesOf(
  tx: Tx,
  productIds: readonly [string, string],
): Promise<[ProductPlace, ProductPlace]> {
  const places = await locateProducts(tx, productIds.filter(isId));
  const [owner, member] = productIds.map((id) => places.find(({ productId }) => productId === id));
  if (!owner || !member)
    throw chargingError('product_not_found', 'charging does not know the product', { productIds });
  return [owner, member];
}

async function accountOf(tx: Tx, accountId: string): Promise<ChargingAccount> {
  const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
  if (!account)
    throw chargingError('account_not_found', 'charging does not know this account', { accountId });
  return account;
}
