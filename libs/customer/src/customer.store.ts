import { Injectable } from '@nestjs/common';
import { instantFromDate, instantToDate, isId, newId, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { CustomerEntity, IndividualEntity } from './customer.entity';
import { searchNameOf } from './contact';
import type { Customer } from './registration';

interface CustomerRow {
  id: string;
  party_id: string;
  name: string;
  search_name: string;
  real_name_verified_at: Date | null;
  registered_at: Date;
  version: number;
}

/** A customer with what pages and events need beside it. */
export interface StoredCustomer extends Customer {
  /** Where a page of names continues. */
  searchName: string;
  version: number;
}

const SELECT = `
select c.id, c.party_id, i.name, i.search_name, c.real_name_verified_at, c.registered_at, c.version
from customer.customer c join customer.individual i on i.id = c.party_id`;

/** Customers and the parties behind them. */
@Injectable()
export class CustomerStore {
  /** Writes a party and its customer role; the version is 1. */
  async insert(tx: Tx, name: string, verifiedAt: Instant, by: string): Promise<StoredCustomer> {
    const [partyId, customerId] = [newId(), newId()];
    const now = instantToDate(tx.now);
    const searchName = searchNameOf(name);
    await tx.manager.insert(IndividualEntity, { id: partyId, name, searchName, recordedAt: now });
    await tx.manager.insert(CustomerEntity, {
      id: customerId,
      partyId,
      realNameVerifiedAt: instantToDate(verifiedAt),
      registeredAt: now,
      registeredBy: by,
      version: 1,
    });
    return {
      customerId,
      partyId,
      name,
      searchName,
      realNameVerifiedAt: verifiedAt,
      registeredAt: tx.now,
      version: 1,
    };
  }

  /** Customers by id, in any order; unknown ids are left out. */
  async findMany(tx: Tx, customerIds: readonly string[]): Promise<StoredCustomer[]> {
    return (await tx.query<CustomerRow>(`${SELECT} where c.id = any($1)`, [customerIds.filter(isId)])).map(
      fromRow,
    );
  }

  async find(tx: Tx, customerId: string): Promise<StoredCustomer | null> {
    return (await this.findMany(tx, [customerId]))[0] ?? null;
  }

  /** Locks a customer until the transaction ends and counts its version up; null when there is none. */
  async lockForChange(tx: Tx, customerId: string): Promise<StoredCustomer | null> {
    if (!isId(customerId)) return null;
    const changed = await tx.execute(`update customer.customer set version = version + 1 where id = $1`, [
      customerId,
    ]);
    return changed === 0 ? null : this.find(tx, customerId);
  }

  /** Customers whose name begins with `prefix` (any case), by name and id, after a position; at most `limit`. */
  async search(
    tx: Tx,
    prefix: string,
    after: { searchName: string; customerId: string } | null,
    limit: number,
  ): Promise<StoredCustomer[]> {
    const pattern = `${searchNameOf(prefix).replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await tx.query<CustomerRow>(
      `${SELECT} where i.search_name like $1 and ($2::text is null or (i.search_name, c.id) > ($2, $3::uuid))
       order by i.search_name, c.id limit $4`,
      [pattern, after?.searchName ?? null, after?.customerId ?? null, limit],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: CustomerRow): StoredCustomer {
  return {
    customerId: row.id,
    partyId: row.party_id,
    name: row.name,
    searchName: row.search_name,
    realNameVerifiedAt: row.real_name_verified_at && instantFromDate(row.real_name_verified_at),
    registeredAt: instantFromDate(row.registered_at),
    version: row.version,
  };
}
