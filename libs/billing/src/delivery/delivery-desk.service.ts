import { Injectable } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { parseLineId } from '../bill/bill';
import { billingErrors } from '../billing.errors';
import { AT_ONCE, type AttemptState } from '../document/attempt';
import { tryAgain } from '../document/attempt.store';
import { findAccount } from '../projection/account.store';
import { Channels } from './channels.service';
import { deliveryIdOf, type Delivery, type DeliveryWay, type DeliveryWish } from './delivery';
import { deliveryAddress } from './delivery-address';
import { findWish, saveWish } from './delivery-wish.store';
import { findDeliveries, findPlaces, holdBill, insertDelivery, listDeliveries } from './delivery.store';
import { deliverJob } from './delivery.job';

/** What staff do with deliveries: say what an account wishes, send a bill, try again. */
@Injectable()
export class DeliveryDesk {
  constructor(
    private readonly transactions: Transactions,
    private readonly channels: Channels,
  ) {}

  /** Null where the account has not said anything. @throws DomainError `account_not_found`. */
  async wishOf(accountId: string): Promise<DeliveryWish | null> {
    return this.transactions.read(async (tx) => findWish(tx, await account(tx, accountId)));
  }

  /** @throws DomainError `account_not_found`, `delivery_address_invalid`, `buyer_incomplete`. */
  async setWish(wish: Omit<DeliveryWish, 'lane'>, idempotencyKey: string): Promise<{ accountId: string }> {
    return this.transactions.once('billing.setBillDelivery', idempotencyKey, wish, async (tx) => {
      const { accountId, lane } = await account(tx, wish.accountId);
      if (wish.buyerTaxNumber !== null && wish.buyerName === null) throw billingErrors.buyerIncomplete();
      const address = deliveryAddress(wish.channel, wish.address, this.channels.isPlainHttpAllowed);
      await saveWish(tx, { ...wish, lane, address });
      return { accountId };
    });
  }

  /**
   * Sends a published bill, perhaps once more: as its account wishes, but for what is said here.
   * @throws DomainError `bill_not_found`, `delivery_way_missing`, `delivery_address_invalid`.
   */
  async deliver(
    billId: string,
    said: Partial<DeliveryWay>,
    idempotencyKey: string,
  ): Promise<{ billId: string; no: number }> {
    return this.transactions.once('billing.deliverBill', idempotencyKey, { billId, ...said }, async (tx) => {
      const bill = isId(billId) ? await holdBill(tx, billId) : null;
      if (!bill) throw billingErrors.billNotFound(billId);
      const wish = await findWish(tx, bill);
      const channel = said.channel ?? wish?.channel ?? 'none';
      if (channel === 'none') throw billingErrors.deliveryWayMissing(bill.accountId);
      const address = deliveryAddress(
        channel,
        said.address ?? (wish?.channel === channel ? wish.address : null),
        this.channels.isPlainHttpAllowed,
      );
      const language = said.language ?? wish?.language ?? 'zh-CN';
      const attachments = said.attachments ?? wish?.attachments ?? ['pdf'];
      const no = await insertDelivery(tx, bill, { channel, address, language, attachments });
      tx.enqueue(deliverJob, { lane: bill.lane, billId, no });
      return { billId, no };
    });
  }

  /** @throws DomainError `delivery_not_found`, `delivery_done`. */
  async retry(id: string, idempotencyKey: string): Promise<{ billId: string; no: number }> {
    return this.transactions.once('billing.retryBillDelivery', idempotencyKey, { id }, async (tx) => {
      const place = parseLineId(id);
      const bill = place && isId(place.billId) ? await holdBill(tx, place.billId) : null;
      const found = bill && (await findDeliveries(tx, [bill])).find(({ no }) => no === place?.no);
      if (!found) throw billingErrors.deliveryNotFound(id);
      if (!(await tryAgain(tx, 'bill_delivery', found, AT_ONCE))) throw billingErrors.deliveryDone(id);
      tx.enqueue(deliverJob, { lane: found.lane, billId: found.billId, no: found.no });
      return { billId: found.billId, no: found.no };
    });
  }

  async list(asked: {
    accountId: string | null;
    state: AttemptState | null;
    limit: number;
  }): Promise<Delivery[]> {
    if (asked.accountId !== null && !isId(asked.accountId)) return [];
    return this.transactions.read((tx) => listDeliveries(tx, asked));
  }

  /** Deliveries of each bill, in the order of the bills. */
  async ofBills(billIds: readonly string[]): Promise<Delivery[][]> {
    const found = await this.transactions.read(async (tx) =>
      findDeliveries(tx, await findPlaces(tx, billIds)),
    );
    return billIds.map((billId) => found.filter((delivery) => delivery.billId === billId));
  }

  /** @throws DomainError `delivery_not_found`. */
  async get(place: { billId: string; no: number }): Promise<Delivery> {
    const [deliveries] = await this.ofBills([place.billId]);
    const found = deliveries?.find(({ no }) => no === place.no);
    if (!found) throw billingErrors.deliveryNotFound(deliveryIdOf(place));
    return found;
  }

  /** What the receiver of an account's webhooks checks their signature with. */
  secretOf(accountId: string): string {
    return this.channels.secretOf(accountId);
  }
}

async function account(tx: Tx, accountId: string): Promise<{ lane: number; accountId: string }> {
  const found = await findAccount(tx, accountId);
  if (!found) throw billingErrors.accountNotFound(accountId);
  return found;
}
