import { Injectable } from '@nestjs/common';
import { amountFromDecimal, amountToDecimal, billPeriodAt, isId, newId } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { limitAmount } from '../money/money-input';
import { findAccounts, touchProducts, type ChargingAccount } from '../projection/account.store';
import {
  moneyConflictOf,
  shareUseId,
  unusedShare,
  type MoneyShareUse,
  type MoneySharing,
} from './money-sharing';
import { endMoneySharing, findMoneySharings, findShareUses, insertMoneySharing } from './money-sharing.store';

/** What staff say when an account is to pay for another. */
export interface MoneySharingRequest {
  ownerAccountId: string;
  memberAccountId: string;
  /** Yuan a bill period; null: no limit. */
  cap: string | null;
  reason: string;
}

/** Prepaid accounts of one balance group that pay for each other's usage. */
@Injectable()
export class MoneySharings {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Lets an account pay what another one uses, from the start of the next bill period on.
   * @throws DomainError `amount_invalid`, `account_not_found`, `money_sharing_accounts_differ`, `money_sharing_conflict`.
   */
  async share(request: MoneySharingRequest, idempotencyKey: string): Promise<MoneySharing> {
    const said = await this.transactions.once(
      'charging.shareMoney',
      idempotencyKey,
      { ...request },
      async (tx) => {
        const cap = request.cap === null ? null : limitAmount(request.cap);
        const owner = await accountOf(tx, request.ownerAccountId);
        const member = await accountOf(tx, request.memberAccountId);
        checkMayPay(owner, member);
        await touchProducts(tx, owner.accountId);
        const { lane, balanceGroupId, accountId: ownerAccountId } = owner;
        const sharing: MoneySharing = {
          ...{ lane, balanceGroupId, ownerAccountId, memberAccountId: member.accountId, cap },
          sharingId: newId(),
          fromPeriod: nextPeriodOf(tx, owner),
          toPeriod: null,
        };
        const conflict = moneyConflictOf(sharing, await findMoneySharings(tx, [owner]));
        if (conflict)
          throw chargingError('money_sharing_conflict', `it cannot share: ${conflict}`, { conflict });
        await insertMoneySharing(tx, sharing, causeOf(request.reason));
        return saidOf(sharing);
      },
    );
    return sharingOf(said);
  }

  /**
   * Ends a sharing with the present bill period; one that has not begun never begins.
   * @throws DomainError `money_sharing_not_found`, `money_sharing_ended`.
   */
  async end(
    request: { accountId: string; sharingId: string; reason: string },
    idempotencyKey: string,
  ): Promise<MoneySharing> {
    const said = await this.transactions.once(
      'charging.endMoneySharing',
      idempotencyKey,
      request,
      async (tx) => {
        const account = await accountOf(tx, request.accountId);
        await touchProducts(tx, account.accountId);
        const sharing = (await findMoneySharings(tx, [account])).find(
          (each) => each.sharingId === request.sharingId && isPartOf(each, account.accountId),
        );
        if (!sharing)
          throw chargingError('money_sharing_not_found', 'the account has no such sharing', request);
        if (sharing.toPeriod !== null)
          throw chargingError('money_sharing_ended', 'it has been ended before', {
            toPeriod: sharing.toPeriod,
          });
        const next = nextPeriodOf(tx, account);
        const toPeriod = sharing.fromPeriod > next ? sharing.fromPeriod : next;
        await endMoneySharing(tx, sharing, toPeriod, causeOf(request.reason));
        return saidOf({ ...sharing, toPeriod });
      },
    );
    return sharingOf(said);
  }

  /** Every sharing of each account, as owner or member, also ended ones, in the order of the ids. */
  ofAccounts(accountIds: readonly string[]): Promise<MoneySharing[][]> {
    return this.transactions.read(async (tx) => {
      const sharings = await findMoneySharings(tx, await findAccounts(tx, accountIds.filter(isId)));
      return accountIds.map((accountId) => sharings.filter((sharing) => isPartOf(sharing, accountId)));
    });
  }

  /** What a sharing paid in a bill period; without one the present. */
  use(sharing: MoneySharing, period: string | null): Promise<MoneyShareUse> {
    return this.transactions.read(async (tx) => {
      const wanted = period ?? billPeriodAt(tx.now, await accountOf(tx, sharing.ownerAccountId)).key;
      const uses = await findShareUses(tx, [sharing], [wanted]);
      const { sharingId } = sharing;
      return uses.get(shareUseId({ sharingId, period: wanted })) ?? unusedShare(sharingId, wanted);
    });
  }
}

/** Whole periods are shared, and both purses lie in one lane. */
function checkMayPay(owner: ChargingAccount, member: ChargingAccount): void {
  const why =
    owner.balanceGroupId !== member.balanceGroupId
      ? 'balance-group'
      : owner.billDay !== member.billDay || owner.zone !== member.zone
        ? 'bill-cycle'
        : [owner, member].some(({ paymentMode }) => paymentMode !== 'prepaid')
          ? 'pays-by-bill'
          : null;
  if (why === null) return;
  throw chargingError('money_sharing_accounts_differ', `the accounts cannot share money: ${why}`, {
    accountIds: [owner.accountId, member.accountId],
    why,
  });
}

/** A sharing as an answer is kept. */
function saidOf({ cap, ...sharing }: MoneySharing) {
  return { ...sharing, cap: cap === null ? null : amountToDecimal(cap) };
}

function sharingOf({ cap, ...sharing }: ReturnType<typeof saidOf>): MoneySharing {
  return { ...sharing, cap: cap === null ? null : amountFromDecimal(cap) };
}

function isPartOf({ ownerAccountId, memberAccountId }: MoneySharing, accountId: string): boolean {
  return ownerAccountId === accountId || memberAccountId === accountId;
}

function nextPeriodOf(tx: Tx, account: ChargingAccount): string {
  return billPeriodAt(billPeriodAt(tx.now, account).to, account).key;
}

function causeOf(reason: string): { reason: string; by: string } {
  return { reason, by: requestContext().actor?.id ?? 'system' };
}

async function accountOf(tx: Tx, accountId: string): Promise<ChargingAccount> {
  const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
  if (!account) throw chargingError('account_not_found', 'no such account', { accountId });
  return account;
}
