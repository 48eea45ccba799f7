import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { HeldProduct, SaleContext } from '../basket/basket';
import type { DayWish } from '../basket/effective-day';
import type { ChangeContext } from '../basket/settle-change';
import type { BlockContext } from '../basket/settle-block';
import type { TerminationContext } from '../basket/settle-termination';
import type { OrderItemRecord } from './order-record';
import { OrderStore } from './order.store';
import type { ProductVersion } from '../product/product';
import { ProductStore } from '../product/product.store';
import { ReferenceStore, todayOf, type KnownAccount } from '../reference/reference.store';

/** Which orders that wait for their day count for what they name: all, those that end it, or none. */
interface HoldingOptions {
  waiting?: 'count' | 'ends-count' | 'ignore';
}

/** Reads all that decides about an order, as plain data for the pure rules in basket/. */
@Injectable()
export class SaleReading {
  constructor(
    private readonly reference: ReferenceStore,
    private readonly products: ProductStore,
    private readonly orders: OrderStore,
  ) {}

  /** What a sale to this account must respect; call it under the locks of lockParties to decide on it. */
  async saleContext(
    tx: Tx,
    account: KnownAccount,
    wish: {
      items: readonly { offeringCode: string }[];
      bundleCode: string | null;
      quoted: Record<string, number>;
    },
  ): Promise<SaleContext> {
    const today = todayOf(account, tx.now);
    const { held } = await this.accountHoldings(tx, account.accountId);
    const codes = [...wish.items, ...held].map((item) => item.offeringCode);
    const owned = await this.products.countNumbersOfCustomer(tx, account.customerId);
    const ordered = await this.orders.countNumbersInOpenOrders(tx, account.customerId);
    return {
      today,
      offers: await this.reference.offers(tx, wish.bundleCode === null ? codes : [...codes, wish.bundleCode]),
      held,
      numbersInUse: owned + ordered,
      policy: await this.reference.orderingPolicy(tx, today),
      quoted: wish.quoted,
    };
  }

  /** What ending products of this account must respect. */
  async terminationContext(
    tx: Tx,
    account: KnownAccount,
    products: readonly ProductVersion[],
    options: HoldingOptions,
  ): Promise<TerminationContext> {
    const { held, ending, changing } = await this.accountHoldings(tx, account.accountId, options);
    const offers = await this.reference.offers(
      tx,
      held.map((product) => product.offeringCode),
    );
    return { offers, products, held, ending, changing };
  }

  /** What moving products of this account to other offers must respect. */
  async changeContext(
    tx: Tx,
    account: KnownAccount,
    wish: {
      products: readonly ProductVersion[];
      offeringCodes: readonly string[];
      effectiveOn: LocalDate | null;
      backdateReason: string | null;
    },
  ): Promise<ChangeContext> {
    const today = todayOf(account, tx.now);
    const { held, ending, changing } = await this.accountHoldings(tx, account.accountId);
    const own = wish.products.flatMap(({ state }) => [
      state.offeringCode,
      ...(state.bundleOfferingCode === null ? [] : [state.bundleOfferingCode]),
    ]);
    return {
      today,
      offers: await this.reference.offers(tx, [...wish.offeringCodes, ...own]),
      quoted: {},
      products: wish.products,
      held,
      changing: new Set([...ending, ...changing]),
      wish: await this.dayWish(tx, account, wish),
    };
  }

  /** From which day an order shall count, and how far back policy lets it. */
  async dayWish(
    tx: Tx,
    account: KnownAccount,
    { effectiveOn, backdateReason }: Pick<DayWish, 'effectiveOn' | 'backdateReason'>,
  ): Promise<DayWish> {
    const policy = await this.reference.orderingPolicy(tx, todayOf(account, tx.now));
    const backdateDays = policy.backdateDays ?? 0;
    return { effectiveOn, backdateReason, now: tx.now, cycle: account.cycle, backdateDays };
  }

  /** What blocking or freeing products of this account must respect; `named` are the products that the order names. */
  async blockContext(tx: Tx, account: KnownAccount, named: readonly ProductVersion[]): Promise<BlockContext> {
    const live = await this.products.liveOfAccount(tx, account.accountId);
    const open = await this.orders.openItemsOfAccount(tx, account.accountId);
    const liveIds = new Set(live.map(({ state }) => state.productId));
    return {
      products: [...live, ...named.filter(({ state }) => !liveIds.has(state.productId))],
      // What waits for its day changes nothing yet: who owes money is stopped meanwhile.
      changing: new Set(
        open
          .filter(({ action, isScheduled }) => action !== 'add' && !isScheduled)
          .map(({ productId }) => productId),
      ),
    };
  }

  private async accountHoldings(
    tx: Tx,
    accountId: string,
    { waiting = 'count' }: HoldingOptions = {},
  ): Promise<{ held: HeldProduct[]; ending: Set<string>; changing: Set<string> }> {
    const live = await this.products.liveOfAccount(tx, accountId);
    const open = (await this.orders.openItemsOfAccount(tx, accountId)).filter(
      ({ action, isScheduled }) =>
        !isScheduled ||
        action === 'add' ||
        waiting === 'count' ||
        (waiting === 'ends-count' && action === 'delete'),
    );
    const of = (...actions: OrderItemRecord['action'][]) =>
      new Set(open.filter(({ action }) => actions.includes(action)).map(({ productId }) => productId));
    const ending = of('delete');
    const liveIds = new Set(live.map((product) => product.state.productId));
    const coming = open.filter((item) => item.action === 'add' && !liveIds.has(item.productId));
    const owned = live.map(({ state, specification }) => ({
      ...state,
      specification,
      isFirm: !ending.has(state.productId),
    }));
    return {
      held: [...owned, ...coming.map(fromOpenItem)],
      ending,
      changing: of('change', 'move', 'suspend', 'resume'),
    };
  }
}

function fromOpenItem(item: OrderItemRecord): HeldProduct {
  return {
    productId: item.productId,
    offeringCode: item.offeringCode,
    offeringVersion: item.offeringVersion,
    specification: item.specification,
    role: item.role,
    card: item.card,
    bundleId: item.bundle?.bundleId ?? null,
    bundleOfferingCode: item.bundle?.offeringCode ?? null,
    bundleOfferingVersion: item.bundle?.offeringVersion ?? null,
    cardGroupId: item.cardGroupId,
    isFirm: false,
  };
}
