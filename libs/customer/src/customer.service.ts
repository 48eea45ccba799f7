import { Injectable } from '@nestjs/common';
import { laneOf, newId, type Instant } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { readContact } from './contact';
import { amendContact, contactAt } from './contact-history';
import { ContactStore } from './contact.store';
import { customerErrors } from './customer.errors';
import { CustomerStore, type StoredCustomer } from './customer.store';
import { IdentityDocumentStore } from './identity-document.store';
import { readRegistration, type Registration, type RegistrationRequest } from './registration';

/** What the counter asks when a customer has moved or has another number. */
export interface ContactChange {
  customerId: string;
  phone?: string | null;
  address?: string | null;
  /** Default: now. In the past it is a correction. */
  effectiveFrom?: Instant | null;
  /** Why, in a few words. */
  cause: string;
}

/** Registers customers and keeps their contacts. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly transactions: Transactions,
    private readonly customers: CustomerStore,
    private readonly documents: IdentityDocumentStore,
    private readonly contacts: ContactStore,
  ) {}

  /**
   * Real-name registration: one customer per identity document, also when two clerks type it in at once.
   * @returns the id alone: the stored answer must not hold anything that the document says.
   * @throws DomainError as readRegistration, and `identity_document_registered`.
   */
  async register(request: RegistrationRequest, idempotencyKey: string): Promise<{ customerId: string }> {
    const registration = readRegistration(request);
    // The command log keeps a hash of the input. A number has so few digits that its hash would give it away.
    const input = {
      name: registration.name,
      ...registration.contact,
      document: this.documents.indexOf(registration.document),
    };
    return this.transactions.once('registerCustomer', idempotencyKey, input, (tx) =>
      this.write(tx, registration),
    );
  }

  /**
   * Changes phone, address or both; what is left out stays, null removes. Append-only.
   * @throws DomainError `customer_not_found`, `contact_change_invalid`, and as readContact.
   */
  async changeContact(change: ContactChange, idempotencyKey: string): Promise<{ customerId: string }> {
    return this.transactions.once('changeContact', idempotencyKey, change, async (tx) => {
      const customer = await this.customers.lockForChange(tx, change.customerId);
      if (!customer) throw customerErrors.customerNotFound(change.customerId);
      const from = change.effectiveFrom ?? tx.now;
      const current = await this.contacts.findCurrent(tx, [customer.partyId]);
      const before = contactAt(current, from);
      const given = readContact(change);
      const contact = {
        phone: change.phone === undefined ? (before?.phone ?? null) : given.phone,
        address: change.address === undefined ? (before?.address ?? null) : given.address,
      };
      const amendment = amendContact(current, contact, from, newId);
      await this.contacts.amend(tx, customer.partyId, amendment, { by: actorId(), cause: change.cause });
      await this.announceContact(tx, customer);
      return { customerId: customer.customerId };
    });
  }

  private async write(tx: Tx, registration: Registration): Promise<{ customerId: string }> {
    const by = actorId();
    const customer = await this.customers.insert(tx, registration.name, tx.now, by);
    if (!(await this.documents.insert(tx, customer.partyId, registration.document, by))) {
      const owner = await this.documents.findOwner(tx, registration.document);
      throw customerErrors.identityDocumentRegistered(isCounter() ? owner : null);
    }
    await this.contacts.insertFirst(tx, customer.partyId, registration.contact, {
      by,
      cause: 'registration',
    });
    tx.emit('customer.registered.v1', {
      aggregateId: customer.customerId,
      lane: laneOf(customer.customerId),
      version: customer.version,
      payload: {
        customerId: customer.customerId,
        name: customer.name,
        ...registration.contact,
        registeredAt: customer.registeredAt,
      },
    });
    return { customerId: customer.customerId };
  }

  /** The event carries what holds now, whatever part of the history was changed. */
  private async announceContact(tx: Tx, customer: StoredCustomer): Promise<void> {
    const current = contactAt(await this.contacts.findCurrent(tx, [customer.partyId]), tx.now);
    tx.emit('customer.contact-changed.v1', {
      aggregateId: customer.customerId,
      lane: laneOf(customer.customerId),
      version: customer.version,
      payload: {
        customerId: customer.customerId,
        name: customer.name,
        phone: current?.phone ?? null,
        address: current?.address ?? null,
        changedAt: tx.now,
      },
    });
  }
}

/** Who acts, for the row's `recorded_by`. */
export function actorId(): string {
  return requestContext().actor?.id ?? 'system';
}

function isCounter(): boolean {
  return requestContext().actor?.roles.includes('counter') ?? false;
}
