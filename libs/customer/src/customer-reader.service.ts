import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import { contactAt } from './contact-history';
import { ContactStore, type StoredContact } from './contact.store';
import { CustomerStore, type StoredCustomer } from './customer.store';
import { IdentityDocumentStore, type MaskedDocument } from './identity-document.store';
import { namePositionFromText } from './page-cursor';

/** A customer with the contact in force. */
export interface CustomerView extends StoredCustomer {
  phone: string | null;
  address: string | null;
}

/** Reads customers, always in batches. */
@Injectable()
export class CustomerReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly customers: CustomerStore,
    private readonly contacts: ContactStore,
    private readonly documents: IdentityDocumentStore,
  ) {}

  /** Customers in the order of the ids; null where there is none. */
  async byIds(customerIds: readonly string[]): Promise<(CustomerView | null)[]> {
    return this.transactions.read(async (tx) => {
      const found = await this.customers.findMany(tx, customerIds);
      const views = withContacts(
        found,
        await this.contacts.findCurrent(
          tx,
          found.map((each) => each.partyId),
        ),
        tx.now,
      );
      const byId = new Map(views.map((view) => [view.customerId, view]));
      return customerIds.map((id) => byId.get(id) ?? null);
    });
  }

  /** One page of customers by the beginning of their names. @throws DomainError `cursor_invalid`. */
  async search(prefix: string, after: string | null, limit: number): Promise<CustomerView[]> {
    const position = after === null ? null : namePositionFromText(after);
    return this.transactions.read(async (tx) => {
      const found = await this.customers.search(tx, prefix, position, limit);
      return withContacts(
        found,
        await this.contacts.findCurrent(
          tx,
          found.map((each) => each.partyId),
        ),
        tx.now,
      );
    });
  }

  /** The contact histories of parties, in the order of the ids, each earliest first. */
  async histories(partyIds: readonly string[]): Promise<StoredContact[][]> {
    const rows = await this.transactions.read((tx) => this.contacts.findCurrent(tx, partyIds));
    return partyIds.map((id) => rows.filter((row) => row.partyId === id));
  }

  /** The first identity document of each party, masked, in the order of the ids. */
  async maskedDocuments(partyIds: readonly string[]): Promise<(MaskedDocument | null)[]> {
    const rows = await this.transactions.read((tx) => this.documents.findMasked(tx, partyIds));
    return partyIds.map((id) => rows.find((row) => row.partyId === id) ?? null);
  }
}

function withContacts(
  customers: readonly StoredCustomer[],
  contacts: readonly StoredContact[],
  now: Parameters<typeof contactAt>[1],
): CustomerView[] {
  return customers.map((customer) => {
    const own = contacts.filter((contact) => contact.partyId === customer.partyId);
    const current = contactAt(own, now);
    return { ...customer, phone: current?.phone ?? null, address: current?.address ?? null };
  });
}
