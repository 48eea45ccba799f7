// Made by `npm run generate` from ../customer.graphql: do not edit.

export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC with milliseconds: `2026-06-30T16:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** A local day: `2026-06-30`. */
  Date: { input: string; output: string; }
  /** An exact decimal number as text: `131.67`. Amounts are yuan (CNY). */
  Decimal: { input: string; output: string; }
};

export type Query = {
  /** A customer by id; null when there is none. */
  customer: Maybe<Customer>;
  /** Customers by name, in the order of their names. */
  customers: CustomerConnection;
  /** An account by id; null when there is none. */
  account: Maybe<Account>;
};


export type QueryCustomerArgs = {
  customerId: Scalars['ID']['input'];
};


export type QueryCustomersArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAccountArgs = {
  accountId: Scalars['ID']['input'];
};

export type Mutation = {
  /** Registers a person with a proof of identity (real-name registration). One customer per identity document. */
  registerCustomer: Customer;
  /** Opens an account that bills are issued to, in a balance group of its own or in one that is named. */
  openAccount: Account;
  /**
   * Has one account do something for another: sponsor its charges, be its parent, take a part of its bill, share discounts
   * with it. They are billed together from then on: one bill day and zone, one lane.
   */
  relateAccounts: AccountRelation;
  /** Sets the end of a relation, also in the past: what was billed since is corrected on the next bills. */
  endAccountRelation: AccountRelation;
  /** Changes a customer's phone number or address. The old ones stay in the history. */
  changeContact: Customer;
};


export type MutationRegisterCustomerArgs = {
  input: RegisterCustomerInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationOpenAccountArgs = {
  input: OpenAccountInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRelateAccountsArgs = {
  input: RelateAccountsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationEndAccountRelationArgs = {
  input: EndAccountRelationInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationChangeContactArgs = {
  input: ChangeContactInput;
  idempotencyKey: Scalars['String']['input'];
};

/** Somebody who buys: a person registered with a proof of identity. */
export type Customer = {
  /** The customer's id, a UUID. */
  customerId: Scalars['ID']['output'];
  /** The name as registered. */
  name: Scalars['String']['output'];
  /** Phone number in force, E.164: `+8613800138000`. */
  phone: Maybe<Scalars['String']['output']>;
  /** Address in force. */
  address: Maybe<Scalars['String']['output']>;
  /** Whether a proof of identity was checked. Without it nothing is sold. */
  realNameVerified: Scalars['Boolean']['output'];
  /** Kind of the proof of identity. */
  identityDocumentKind: Maybe<IdentityDocumentKind>;
  /** Number of the proof of identity, all but its last characters hidden. */
  maskedIdentityNumber: Maybe<Scalars['String']['output']>;
  /** When the customer was registered, business time. */
  registeredAt: Scalars['DateTime']['output'];
  /** Phone numbers and addresses as they are known now, earliest first. */
  contactHistory: Array<ContactVersion>;
  /** The customer's accounts, in the order in which they were opened. */
  accounts: AccountConnection;
};


/** Somebody who buys: a person registered with a proof of identity. */
export type CustomerAccountsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A phone number and address that were in force for a time. */
export type ContactVersion = {
  /** Phone number, E.164. */
  phone: Maybe<Scalars['String']['output']>;
  /** Address, one line. */
  address: Maybe<Scalars['String']['output']>;
  /** In force from, inclusive. */
  effectiveFrom: Scalars['DateTime']['output'];
  /** In force until, exclusive; null until further notice. */
  effectiveTo: Maybe<Scalars['DateTime']['output']>;
};

/** What bills are issued to. All amounts are yuan (CNY). */
export type Account = {
  /** The account's id, a UUID. */
  accountId: Scalars['ID']['output'];
  /** Whose account it is. */
  customer: Customer;
  /** The accounts that may share allowances or bills have one balance group. */
  balanceGroupId: Scalars['ID']['output'];
  /** Day of the month on which a bill period starts, 1 to 31; in a shorter month its last day. */
  billDay: Scalars['Int']['output'];
  /** Time zone of the account's days, an IANA name. */
  zone: Scalars['String']['output'];
  /** Whether usage is paid before or after. */
  paymentMode: PaymentMode;
  /** When it was opened, business time. */
  openedAt: Scalars['DateTime']['output'];
  /** Where its revenue counts in reports; null: nowhere in particular. */
  region: Maybe<Scalars['String']['output']>;
  /** What it does for other accounts, and they for it, oldest first; ended ones too. */
  relations: Array<AccountRelation>;
};

/** What one account (the owner) does for another (the member). */
export type AccountRelation = {
  /** The relation's id, a UUID. */
  relationId: Scalars['ID']['output'];
  /** What it does. */
  kind: AccountRelationKind;
  /** Who pays or shares: the sponsor, the parent, the company. */
  ownerAccountId: Scalars['ID']['output'];
  /** For whom: the sponsored, the child, the person. */
  memberAccountId: Scalars['ID']['output'];
  /** Of a sponsorship: the share of each charge, in percent. */
  percent: Maybe<Scalars['Decimal']['output']>;
  /** Of a sponsorship: the most that is paid for a bill period; null: no limit. */
  limit: Maybe<Scalars['Decimal']['output']>;
  /** Charges that it is about: these classes; null: all. */
  chargeClasses: Maybe<Array<Scalars['String']['output']>>;
  /** Charges that it is about: those of these products; null: all. */
  productIds: Maybe<Array<Scalars['ID']['output']>>;
  /** Of several sponsors the lower one pays first. */
  priority: Maybe<Scalars['Int']['output']>;
  /** Of a parent: whether the child pays its own bill; false: its charges are on the parent's. */
  memberPays: Maybe<Scalars['Boolean']['output']>;
  /** Of shared discounts: the codes of the policies. */
  discountCodes: Maybe<Array<Scalars['String']['output']>>;
  /** First day on which it holds. */
  effectiveFrom: Scalars['Date']['output'];
  /** First day on which it holds no more; null: until further notice. */
  effectiveTo: Maybe<Scalars['Date']['output']>;
};

/** What one account does for another. */
export type AccountRelationKind =
  /** Pays a share of its charges, by days: they leave its bill and come on the sponsor's. 代付 */
  | 'SPONSORSHIP'
  /** Is its parent in a hierarchy; a child that does not pay has its charges on the parent's bill. 集团上下级 */
  | 'PARENT'
  /** Pays charges of chosen classes or products in whole: the company's part of the bill. 公私账单拆分 */
  | 'SPLIT'
  /** Lets it use its account discounts. 优惠共享 */
  | 'DISCOUNT_SHARING';

/** A page of customers. */
export type CustomerConnection = {
  /** The customers of the page with their cursors. */
  edges: Array<CustomerEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A customer on a page. */
export type CustomerEdge = {
  /** Give it as `after` to continue behind this customer. */
  cursor: Scalars['String']['output'];
  /** The customer. */
  node: Customer;
};

/** A page of accounts. */
export type AccountConnection = {
  /** The accounts of the page with their cursors. */
  edges: Array<AccountEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** An account on a page. */
export type AccountEdge = {
  /** Give it as `after` to continue behind this account. */
  cursor: Scalars['String']['output'];
  /** The account. */
  node: Account;
};

/** Where a page ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};

/** Kinds of proof of identity. */
export type IdentityDocumentKind =
  /** Resident identity card of the People's Republic of China, 18 characters with a check digit. */
  | 'RESIDENT_ID'
  /** Passport of any country. */
  | 'PASSPORT';

/** When a customer pays. */
export type PaymentMode =
  /** After the period, by bill. */
  | 'POSTPAID'
  /** Before use, from a balance. */
  | 'PREPAID';

/** Who is registered. */
export type RegisterCustomerInput = {
  /** Name as on the proof of identity, 2 to 100 characters. */
  name: Scalars['String']['input'];
  /** Phone number; outside China it begins with +. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** Address, one line of at most 200 characters. */
  address?: InputMaybe<Scalars['String']['input']>;
  /** The proof of identity. */
  identityDocument: IdentityDocumentInput;
};

/** A proof of identity. */
export type IdentityDocumentInput = {
  /** Its kind. */
  kind: IdentityDocumentKind;
  /** Its number. It is stored encrypted and never shown again. */
  number: Scalars['String']['input'];
  /** Who issued it, two letters (ISO 3166-1); needed for a passport. */
  issuingCountry?: InputMaybe<Scalars['String']['input']>;
};

/** An account to open. */
export type OpenAccountInput = {
  /** Whose account. */
  customerId: Scalars['ID']['input'];
  /** Day of the month on which a bill period starts, 1 to 31. Without it: the group's, else 1. */
  billDay?: InputMaybe<Scalars['Int']['input']>;
  /** Time zone of the account's days, an IANA name. Without it: the group's, else Asia/Shanghai. */
  zone?: InputMaybe<Scalars['String']['input']>;
  /** Whether usage is paid before or after. */
  paymentMode?: InputMaybe<PaymentMode>;
  /** The balance group of another account, with which it may share; it then has that one's bill day and zone. */
  balanceGroupId?: InputMaybe<Scalars['ID']['input']>;
  /** An account with which it will be billed though in a balance group of its own: a sponsor, a parent. It then has that one's bill day and zone. */
  billedWithAccountId?: InputMaybe<Scalars['ID']['input']>;
  /** Where its revenue counts in reports: a code of yours, for a province or a city. Without it: nowhere in particular. */
  region?: InputMaybe<Scalars['String']['input']>;
};

/** What one account shall do for another. What a kind does not need is left out. */
export type RelateAccountsInput = {
  /** What it does. */
  kind: AccountRelationKind;
  /** Who pays or shares. */
  ownerAccountId: Scalars['ID']['input'];
  /** For whom. */
  memberAccountId: Scalars['ID']['input'];
  /** Of a sponsorship: the share in percent, above 0 up to 100. Without it: 100. */
  percent?: InputMaybe<Scalars['Decimal']['input']>;
  /** Of a sponsorship: the most that is paid for a bill period, in yuan. */
  limit?: InputMaybe<Scalars['Decimal']['input']>;
  /** Of a sponsorship or a split: charges of these classes only. */
  chargeClasses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Of a sponsorship or a split: charges of these products only. */
  productIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Of a sponsorship: the lower one of several pays first. Without it: 100. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** Of a parent: whether the child pays its own bill. Without it: yes. */
  memberPays?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of shared discounts: the codes of the policies. */
  discountCodes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** First day. Without it: today. */
  effectiveFrom?: InputMaybe<Scalars['Date']['input']>;
  /** First day no more. */
  effectiveTo?: InputMaybe<Scalars['Date']['input']>;
  /** Why, in a few words. */
  cause: Scalars['String']['input'];
};

/** The end of a relation. */
export type EndAccountRelationInput = {
  /** Which relation. */
  relationId: Scalars['ID']['input'];
  /** First day on which it holds no more; the day of its start: it never held. */
  effectiveTo: Scalars['Date']['input'];
  /** Why, in a few words. */
  cause: Scalars['String']['input'];
};

/** A change of phone number or address. What is left out stays as it is; null removes it. */
export type ChangeContactInput = {
  /** Whose contact. */
  customerId: Scalars['ID']['input'];
  /** New phone number. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** New address. */
  address?: InputMaybe<Scalars['String']['input']>;
  /** From when it holds; in the past it is a correction. Without it: from now on. */
  effectiveFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why, in a few words. */
  cause: Scalars['String']['input'];
};
