// Made by `npm run generate` from ../receivables.graphql: do not edit.

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
  /** An exact decimal number as text: `131.67`. Amounts are yuan (CNY). */
  Decimal: { input: string; output: string; }
};

export type Query = {
  /** Debits and credits of every ledger account; the two sums are equal. For billing and operations. */
  trialBalance: TrialBalance;
  /** A top-up by its payment. */
  topUp: TopUp;
};


export type QueryTopUpArgs = {
  paymentId: Scalars['ID']['input'];
};

export type Mutation = {
  /** Takes a payment at the counter. It pays the bills that are due first; what is left becomes credit for the next bill. */
  recordPayment: Payment;
  /** Takes money in advance for a prepaid account. It is booked, then granted; what was used beyond all funds is paid with it first. */
  topUp: TopUp;
};


export type MutationRecordPaymentArgs = {
  input: RecordPaymentInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationTopUpArgs = {
  input: TopUpInput;
  idempotencyKey: Scalars['String']['input'];
};

/** A bill, as receivables knows it. */
export type Bill = {
  /** The bill's id, a UUID. */
  id: Scalars['ID']['output'];
  /** What is still to be paid: the bill's total less payments and credit. Null until the bill has been posted, moments after its publication. */
  due: Maybe<Scalars['Decimal']['output']>;
};

/** What bills are issued to, as receivables knows it. */
export type Account = {
  /** The account's id, a UUID. */
  accountId: Scalars['ID']['output'];
  /** What the account owes: its unpaid bills less its credit. Negative when it has paid too much. */
  balance: Scalars['Decimal']['output'];
  /** What was paid too much or credited, and not used by a bill yet. */
  credit: Scalars['Decimal']['output'];
  /** Unpaid bills, the one due first first; 100 at most. */
  openItems: Array<OpenItem>;
  /** Latest payments, newest first. */
  payments: Array<Payment>;
};


/** What bills are issued to, as receivables knows it. */
export type AccountPaymentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A bill that is not wholly paid. */
export type OpenItem = {
  /** The bill. */
  bill: Bill;
  /** The bill's number. */
  number: Scalars['String']['output'];
  /** Bill period: `2026-06`. */
  period: Scalars['String']['output'];
  /** The bill's total. */
  amount: Scalars['Decimal']['output'];
  /** What is still to be paid of it. */
  open: Scalars['Decimal']['output'];
  /** Of what is open: held out of dunning while it is disputed. */
  disputed: Scalars['Decimal']['output'];
  /** Of what is open: in an instalment plan that is kept, and so not late. */
  instalment: Scalars['Decimal']['output'];
  /** First instant at which it is late. */
  dueAt: Scalars['DateTime']['output'];
};

/** Money that came in. */
export type Payment = {
  /** The payment's id, a UUID. */
  paymentId: Scalars['ID']['output'];
  /** The account that it was paid for. */
  account: Account;
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** How it was paid. */
  method: PaymentMethod;
  /** When it was taken, business time. */
  receivedAt: Scalars['DateTime']['output'];
  /** The local day from which it counts: `2026-07-20`. */
  valueDate: Scalars['String']['output'];
  /** The payer's, bank's or gateway's own id of it. */
  reference: Maybe<Scalars['String']['output']>;
};

/** How money comes in. */
export type PaymentMethod =
  /** Notes and coins over the counter. */
  | 'CASH'
  /** Bank card at the counter. */
  | 'CARD'
  /** Bank transfer. */
  | 'TRANSFER'
  /** An online payment service. */
  | 'GATEWAY';

/** The general ledger at a glance. */
export type TrialBalance = {
  /** Every ledger account that has postings, by code. */
  rows: Array<TrialBalanceRow>;
  /** Σ debits. */
  debit: Scalars['Decimal']['output'];
  /** Σ credits; equal to Σ debits. */
  credit: Scalars['Decimal']['output'];
};

/** One ledger account. */
export type TrialBalanceRow = {
  /** Code in the chart of accounts. */
  code: Scalars['String']['output'];
  /** Name of the account. */
  name: Scalars['String']['output'];
  /** Σ of its debits. */
  debit: Scalars['Decimal']['output'];
  /** Σ of its credits. */
  credit: Scalars['Decimal']['output'];
  /** Debits less credits. */
  balance: Scalars['Decimal']['output'];
};


/** One ledger account. */
export type TrialBalanceRowNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** A payment to take. */
export type RecordPaymentInput = {
  /** The account that it is for. */
  accountId: Scalars['ID']['input'];
  /** How much, with at most two decimals: `131.67`. */
  amount: Scalars['Decimal']['input'];
  /** How it is paid. */
  method: PaymentMethod;
  /** The local day from which it counts, up to today: `2026-07-20`. Absent: today. */
  valueDate?: InputMaybe<Scalars['String']['input']>;
  /** The payer's own id of it: a card slip, a transfer. */
  reference?: InputMaybe<Scalars['String']['input']>;
  /** What it is for; what is left of it pays the bills that are due first. 100 at most. */
  allocations?: InputMaybe<Array<AllocationInput>>;
};

/** What money is for. */
export type AllocationInput = {
  /** The bill. */
  billId: Scalars['ID']['input'];
  /** One line of it, by its number on the bill; absent: the bill. */
  lineNo?: InputMaybe<Scalars['Int']['input']>;
  /** How much, with at most two decimals. */
  amount: Scalars['Decimal']['input'];
};

/** Money that was paid in advance. */
export type TopUp = {
  /** The payment's id, a UUID. */
  paymentId: Scalars['ID']['output'];
  /** The account that may spend it. */
  account: Account;
  /** How much was paid. */
  amount: Scalars['Decimal']['output'];
  /** How it was paid. */
  method: PaymentMethod;
  /** Whether it may be spent already. */
  state: TopUpState;
  /** When it was taken, business time. */
  bookedAt: Scalars['DateTime']['output'];
  /** When it became spendable; null before. */
  grantedAt: Maybe<Scalars['DateTime']['output']>;
  /** What was used beyond all funds before, and was paid with it; null until it is granted. */
  repaidOverrun: Maybe<Scalars['Decimal']['output']>;
  /** What the operator gave with it; null until it is granted. */
  bonus: Maybe<Scalars['Decimal']['output']>;
  /** The end of the account's own money; null where it does not end, or before it is granted. */
  validTo: Maybe<Scalars['DateTime']['output']>;
};

/** Where a top-up stands. */
export type TopUpState =
  /** Taken and booked; it will be spendable in a moment. */
  | 'BOOKED'
  /** It may be spent. */
  | 'GRANTED'
  /** Charging will not take it; the money is still the customer's. */
  | 'REFUSED';

/** Money to take in advance. */
export type TopUpInput = {
  /** The account that may spend it. */
  accountId: Scalars['ID']['input'];
  /** How much, with at most two decimals: `50.00`. */
  amount: Scalars['Decimal']['input'];
  /** How it is paid. */
  method: PaymentMethod;
};
