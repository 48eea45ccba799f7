import type { Instant } from '@ronghe/kernel';
import type { AccountRelation } from './account-relation';

/** A person or organisation that may buy; real-name registered. Names travel only in customer events. */
export interface CustomerRegistered {
  customerId: string;
  name: string;
  phone: string | null;
  address: string | null;
  registeredAt: Instant;
}

/** An account that bills are issued to; all amounts are CNY. */
export interface AccountOpened {
  accountId: string;
  customerId: string;
  /** The accounts that may share buckets or bills. */
  balanceGroupId: string;
  /** 0…1023, set once from the balance group. */
  lane: number;
  zone: string;
  /** 1…31. */
  billDay: number;
  paymentMode: 'postpaid' | 'prepaid';
  openedAt: Instant;
  /** Where its revenue counts: a code of the operator's, a province or a city. Left out: nowhere in particular. */
  region?: string;
}

/** Another phone number or address; the payload is what holds at `changedAt`, also when the past was corrected. */
export interface CustomerContactChanged {
  customerId: string;
  name: string;
  phone: string | null;
  address: string | null;
  changedAt: Instant;
}

export interface CustomerEvents {
  'customer.registered.v1': CustomerRegistered;
  'customer.contact-changed.v1': CustomerContactChanged;
  'account.opened.v1': AccountOpened;
  /** One account pays for another, or shares its discounts with it; the terms after the change. */
  'account-relation.changed.v1': AccountRelation;
}

export interface CustomerQueries {
  /** Is this customer real-name registered? Throws `customer_not_found`. */
  'customer.getCustomer': {
    input: { customerId: string };
    answer: { customerId: string; realNameVerified: boolean };
  };
  /** Throws `account_not_found`. */
  'customer.getAccount': { input: { accountId: string }; answer: AccountOpened };
}
