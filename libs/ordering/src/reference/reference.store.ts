import { Injectable } from '@nestjs/common';
import type {
  AccountOpened,
  BillingPolicy,
  OfferDocument,
  OrderingPolicy,
  PolicyDocument,
} from '@ronghe/contracts';
import { isId, localDateOf, type BillCycle, type Instant, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { OfferVersions } from '../basket/basket';
import { orderingError } from '../ordering.errors';

/** What ordering knows of an account. */
export interface KnownAccount {
  accountId: string;
  customerId: string;
  lane: number;
  cycle: BillCycle;
}

interface AccountRow {
  account_id: string;
  customer_id: string;
  lane: number;
  zone: string;
  bill_day: number;
}

/** What ordering keeps of facts that customer and catalog own. */
@Injectable()
export class ReferenceStore {
  async saveCustomer(tx: Tx, customerId: string, registeredAt: Instant): Promise<void> {
    await tx.execute(
      `insert into ordering.known_customer (customer_id, registered_at) values ($1, $2) on conflict do nothing`,
      [customerId, registeredAt],
    );
  }

  /** The lane and the owner of an account never change; a later version may bring another bill day. */
  async saveAccount(tx: Tx, account: AccountOpened): Promise<void> {
    await tx.execute(
      `insert into ordering.known_account (account_id, customer_id, lane, zone, bill_day) values ($1, $2, $3, $4, $5)
       on conflict (account_id) do update set zone = excluded.zone, bill_day = excluded.bill_day`,
      [account.accountId, account.customerId, account.lane, account.zone, account.billDay],
    );
  }

  /** A later publication of the same version may only bring the end of its sale. */
  async saveOffer(tx: Tx, document: OfferDocument, publishedAt: Instant): Promise<void> {
    await tx.execute(
      `insert into ordering.offer_version (code, version, document, published_at) values ($1, $2, $3, $4)
       on conflict (code, version) do update
         set document = excluded.document, published_at = excluded.published_at`,
      [document.code, document.version, JSON.stringify(document), publishedAt],
    );
  }

  /** A later publication of the same version may only shorten how long it is in force. */
  async savePolicy(tx: Tx, document: PolicyDocument): Promise<void> {
    await tx.execute(
      `insert into ordering.policy_version (code, version, kind, effective_from, effective_to, document)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (code, version) do update set effective_to = excluded.effective_to, document = excluded.document`,
      [
        document.code,
        document.version,
        document.kind,
        document.effectiveFrom,
        document.effectiveTo,
        JSON.stringify(document),
      ],
    );
  }

  async hasCustomer(tx: Tx, customerId: string): Promise<boolean> {
    const rows = await tx.query(`select 1 from ordering.known_customer where customer_id = $1`, [customerId]);
    return rows.length > 0;
  }

  /** Null when it is not known (yet). */
  async account(tx: Tx, accountId: string): Promise<KnownAccount | null> {
    if (!isId(accountId)) return null;
    const [row] = await tx.query<AccountRow>(
      `select account_id, customer_id, lane, zone, bill_day from ordering.known_account where account_id = $1`,
      [accountId],
    );
    return row ? fromRow(row) : null;
  }

  /** Time zones of accounts, by their ids; unknown ones are left out. */
  async zonesOf(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ account_id: string; zone: string }>(
      `select account_id, zone from ordering.known_account where account_id = any($1::uuid[])`,
      [[...new Set(accountIds)]],
    );
    return new Map(rows.map(({ account_id, zone }) => [account_id, zone]));
  }

  /** The account of a customer. @throws DomainError customer_not_found, account_not_found, account_of_other_customer */
  async partiesOf(tx: Tx, customerId: string, accountId: string): Promise<KnownAccount> {
    return this.readParties(tx, customerId, accountId, '');
  }

  /**
   * Locks customer and account, always in this order, so that orders of one customer are decided one after
   * another: limits on numbers and card names hold for two clerks at once. Errors as partiesOf.
   */
  async lockParties(tx: Tx, customerId: string, accountId: string): Promise<KnownAccount> {
    return this.readParties(tx, customerId, accountId, 'for no key update');
  }

  private async readParties(
    tx: Tx,
    customerId: string,
    accountId: string,
    lock: string,
  ): Promise<KnownAccount> {
    const customers = await tx.query(`select 1 from ordering.known_customer where customer_id = $1 ${lock}`, [
      isId(customerId) ? customerId : null,
    ]);
    if (customers.length === 0) throw orderingError('customer_not_found', { customerId });
    const [row] = await tx.query<AccountRow>(
      `select account_id, customer_id, lane, zone, bill_day from ordering.known_account where account_id = $1 ${lock}`,
      [isId(accountId) ? accountId : null],
    );
    if (!row) throw orderingError('account_not_found', { accountId });
    if (row.customer_id !== customerId)
      throw orderingError('account_of_other_customer', { accountId, customerId });
    return fromRow(row);
  }

  /** Every published version of the offerings that are named, oldest first. */
  async offers(tx: Tx, codes: Iterable<string>): Promise<OfferVersions> {
    const rows = await tx.query<{ document: OfferDocument }>(
      `select document from ordering.offer_version where code = any($1) order by code, version`,
      [[...new Set(codes)]],
    );
    const byCode = new Map<string, OfferDocument[]>();
    for (const { document } of rows) {
      byCode.set(document.code, [...(byCode.get(document.code) ?? []), document]);
    }
    return (code) => byCode.get(code) ?? [];
  }

  /** @throws DomainError policy_missing (unavailable) until one is published for the day */
  async orderingPolicy(tx: Tx, day: LocalDate): Promise<OrderingPolicy> {
    return (await this.policy(tx, 'ordering', day)) as OrderingPolicy;
  }

  /** @throws DomainError policy_missing (unavailable) until one is published for the day */
  async billingPolicy(tx: Tx, day: LocalDate): Promise<BillingPolicy> {
    return (await this.policy(tx, 'billing', day)) as BillingPolicy;
  }

  private async policy(tx: Tx, kind: PolicyDocument['kind'], day: LocalDate): Promise<PolicyDocument> {
    const [row] = await tx.query<{ document: PolicyDocument }>(
      `select document from ordering.policy_version
       where kind = $1 and effective_from <= $2 and (effective_to is null or effective_to > $2)
       order by version desc limit 1`,
      [kind, day],
    );
    if (!row) throw orderingError('policy_missing', { kind, day });
    return row.document;
  }
}

/** The day that it is for an account. */
export function todayOf(account: KnownAccount, now: Instant): LocalDate {
  return localDateOf(now, account.cycle.zone);
}

function fromRow(row: AccountRow): KnownAccount {
  return {
    accountId: row.account_id,
    customerId: row.customer_id,
    lane: row.lane,
    cycle: { billDay: row.bill_day, zone: row.zone },
  };
}
