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
  /** A local day: `2026-06-30`. */
  Date: { input: string; output: string; }
};

export type Query = {
  /** Debits and credits of every ledger account; the two sums are equal. For billing and operations. */
  trialBalance: TrialBalance;
  /** Shifts at the tills with their receipts, newest first, 100 at most; by default those that are not closed: what is to be reconciled. */
  cashierShifts: Array<CashierShift>;
  /** A report of the ledger, as a table. For billing and operations. */
  ledgerReport: ReportTable;
  /** What all accounts owe, by how long it has been late. For billing and operations. */
  agingTotals: Aging;
  /** Money at the bank or a gateway that is nobody's payment yet, oldest first. For billing and operations. */
  unmatchedReceipts: Array<Receipt>;
  /** A top-up by its payment. */
  topUp: TopUp;
  /** Disputes that wait for a decision or for a credit note, oldest first; 100 at most. */
  waitingDisputes: Array<Dispute>;
  /** Dunning at a glance. For billing and operations. */
  dunningSummary: DunningSummary;
};


export type QueryCashierShiftsArgs = {
  notClosed?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryLedgerReportArgs = {
  report: LedgerReportName;
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
  zone?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUnmatchedReceiptsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryTopUpArgs = {
  paymentId: Scalars['ID']['input'];
};

export type Mutation = {
  /** Takes a payment at the counter. It pays the bills that are due first; what is left becomes credit for the next bill. */
  recordPayment: Payment;
  /** Opens a shift of the clerk at a till: cash that the clerk takes or pays out belongs to it until it is counted. */
  openCashierShift: CashierShift;
  /** The clerk has counted the cash; the shift takes no more. Somebody else approves it. */
  countCashierShift: CashierShift;
  /** Closes a counted shift; what differs is booked as cash over or short. Not for the clerk who counted. */
  approveCashierShift: CashierShift;
  /** Cash of a closed shift was paid in at the bank: booked from cash on hand (1001) to the bank (1002). */
  bankCash: CashierShift;
  /** Says whether cash is taken in shifts only: it is, as long as one till says so. For billing. */
  requireCashierShift: Scalars['Boolean']['output'];
  /** Pays bills with the account's credit: those that are named, else the ones that are due first. */
  allocateCredit: Movement;
  /** Takes an allocation back: its bill is owed again, and the money is credit, or deposit where it came from there. */
  unallocate: Movement;
  /** Pays credit out, or gives a payment back: then what it paid is owed again as far as credit does not reach. */
  refund: Movement;
  /** Takes a deposit: it secures what will be owed, and pays nothing until it is used. */
  takeDeposit: Movement;
  /** Gives a deposit back, or a part of it. */
  returnDeposit: Movement;
  /** Pays what is late, oldest first, with up to so much of the deposit. The answer says how much it took. */
  useDeposit: Movement;
  /** Gives up what a bill has open, or a part of it, as a loss. For billing. */
  writeOff: Movement;
  /** Takes the money of a bill that was written off: it is owed again, and paid at once. */
  recoverWriteOff: Movement;
  /** Makes a receipt that could not be matched a payment of an account. */
  matchReceipt: Receipt;
  /** Takes back a receipt that was matched with the wrong account: what its payment paid is owed again, and the money is not identified. */
  unmatchReceipt: Receipt;
  /** Sends a receipt that is nobody's back to where it came from: what leaves the bank by hand is booked. Refused with receipt_is_matched, receipt_is_returned, reason_missing. */
  returnReceipt: Receipt;
  /** Splits what is late of an account into dated parts: it is not late any more while they are paid. */
  createInstalmentPlan: InstalmentPlan;
  /** Ends the plan of an account: what is not paid of it falls due at once. */
  cancelInstalmentPlan: InstalmentPlan;
  /** Takes money in advance for a prepaid account. It is booked, then granted; what was used beyond all funds is paid with it first. */
  topUp: TopUp;
  /** Takes down that a customer does not accept a sum of a bill: it is neither dunned nor bears a late fee until it is decided. */
  openDispute: Dispute;
  /** Decides a dispute. Accepted, its sum stays held until a credit note comes; rejected, it is late again. */
  resolveDispute: Dispute;
  /** Takes down that a customer promises to pay: dunning keeps still through that day. */
  promisePayment: Account;
  /** Ends a promise to pay before its day. */
  endPaymentPromise: Account;
  /** Says in which class a customer is dunned, and whether at all. */
  setDunningTerms: Account;
  /** Waives a bill's late fee or a part of it. What was charged already goes back with the next bill. */
  waiveLateFee: Account;
};


export type MutationRecordPaymentArgs = {
  input: RecordPaymentInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationOpenCashierShiftArgs = {
  till: Scalars['String']['input'];
  float: Scalars['Decimal']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCountCashierShiftArgs = {
  shiftId: Scalars['ID']['input'];
  counted: Scalars['Decimal']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationApproveCashierShiftArgs = {
  shiftId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationBankCashArgs = {
  shiftId: Scalars['ID']['input'];
  amount: Scalars['Decimal']['input'];
  reference: Scalars['String']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRequireCashierShiftArgs = {
  till: Scalars['String']['input'];
  needed: Scalars['Boolean']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationAllocateCreditArgs = {
  input: AllocateCreditInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationUnallocateArgs = {
  input: UnallocateInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRefundArgs = {
  input: RefundInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationTakeDepositArgs = {
  input: DepositInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationReturnDepositArgs = {
  input: DepositInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationUseDepositArgs = {
  input: UseDepositInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationWriteOffArgs = {
  input: WriteOffInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRecoverWriteOffArgs = {
  input: RecoverInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationMatchReceiptArgs = {
  input: MatchReceiptInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationUnmatchReceiptArgs = {
  input: UnmatchReceiptInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationReturnReceiptArgs = {
  input: ReturnReceiptInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCreateInstalmentPlanArgs = {
  input: CreateInstalmentPlanInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCancelInstalmentPlanArgs = {
  input: CancelInstalmentPlanInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationTopUpArgs = {
  input: TopUpInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationOpenDisputeArgs = {
  input: OpenDisputeInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationResolveDisputeArgs = {
  input: ResolveDisputeInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationPromisePaymentArgs = {
  input: PromisePaymentInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationEndPaymentPromiseArgs = {
  accountId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationSetDunningTermsArgs = {
  input: DunningTermsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationWaiveLateFeeArgs = {
  input: WaiveLateFeeInput;
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
  /** What was left as a deposit and is not used or given back. */
  deposit: Scalars['Decimal']['output'];
  /** What is owed, by how long it has been late. */
  aging: Aging;
  /** What settled bills and still does, newest first; 100 at most. */
  allocations: Array<SettledPart>;
  /** Latest instalment plans, newest first; 20 at most. */
  instalmentPlans: Array<InstalmentPlan>;
  /** Latest refunds, deposits, write-offs and the like, newest first. */
  movements: Array<Movement>;
  /** Where it stands in dunning; null where it has had no bill to pay. */
  dunning: Maybe<AccountDunning>;
  /** Sums of its bills that the customer does not accept, newest first; 100 at most. */
  disputes: Array<Dispute>;
  /** What being late costs, by bill, the newest first; 100 at most. */
  lateFees: Array<LateFee>;
};


/** What bills are issued to, as receivables knows it. */
export type AccountPaymentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What bills are issued to, as receivables knows it. */
export type AccountMovementsArgs = {
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

/** What is owed, by whole local days since the first late day. The five buckets add up to all of it. */
export type Aging = {
  /** Not late yet. */
  notDue: Scalars['Decimal']['output'];
  /** Late since 0 to 30 days. */
  days0To30: Scalars['Decimal']['output'];
  /** Late since 31 to 60 days. */
  days31To60: Scalars['Decimal']['output'];
  /** Late since 61 to 90 days. */
  days61To90: Scalars['Decimal']['output'];
  /** Late since more than 90 days. */
  over90Days: Scalars['Decimal']['output'];
  /** Of all of it: disputed. */
  disputed: Scalars['Decimal']['output'];
  /** Of all of it: in instalment plans that are kept. */
  instalment: Scalars['Decimal']['output'];
};

/** A part of a bill that is settled. */
export type SettledPart = {
  /** The allocation's id, a UUID: what `unallocate` names. */
  allocationId: Scalars['ID']['output'];
  /** The bill. */
  bill: Bill;
  /** The line that it was for; null: the bill. */
  lineNo: Maybe<Scalars['Int']['output']>;
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** What settled it. */
  source: SettlementSource;
  /** The payment, bill (credit note) or movement behind it. */
  sourceId: Scalars['ID']['output'];
};

/** What settles a bill. */
export type SettlementSource =
  /** A payment. */
  | 'PAYMENT'
  /** A credit note. */
  | 'CREDIT_NOTE'
  /** Credit of the account. */
  | 'CREDIT'
  /** Its deposit. */
  | 'DEPOSIT'
  /** Nothing: it was given up as a loss. */
  | 'WRITE_OFF';

/** What somebody did to an account's money, besides bills and payments. */
export type Movement = {
  /** The movement's id, a UUID. */
  movementId: Scalars['ID']['output'];
  /** The account. */
  account: Account;
  /** What was done. */
  kind: MovementKind;
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** How money came or went; null where none did. */
  method: Maybe<PaymentMethod>;
  /** The payment or bill that it is about. */
  referenceId: Maybe<Scalars['ID']['output']>;
  /** Why, in the words of whoever did it. */
  reason: Maybe<Scalars['String']['output']>;
  /** The local day from which it counts. */
  valueDate: Scalars['String']['output'];
  /** When it was done, business time. */
  recordedAt: Scalars['DateTime']['output'];
  /** Who did it. */
  recordedBy: Scalars['String']['output'];
};

/** What is done to an account's money. */
export type MovementKind =
  /** Credit paid bills. */
  | 'CREDIT_USED'
  /** An allocation was taken back. */
  | 'UNALLOCATION'
  /** Credit was paid out. */
  | 'REFUND'
  /** A deposit was taken. */
  | 'DEPOSIT_TAKEN'
  /** A deposit was given back. */
  | 'DEPOSIT_RETURNED'
  /** A deposit paid what was late. */
  | 'DEPOSIT_USED'
  /** A bill was given up. */
  | 'WRITE_OFF'
  /** A bill that was given up was paid. */
  | 'RECOVERY'
  /** A receipt was somebody else's: its payment was taken back. */
  | 'RECEIPT_UNMATCHED';

/** An overdue amount in dated parts. */
export type InstalmentPlan = {
  /** The plan's id, a UUID. */
  planId: Scalars['ID']['output'];
  /** Whose it is. */
  account: Account;
  /** Where it stands. */
  state: InstalmentPlanState;
  /** Its parts, by day. */
  parts: Array<InstalmentPart>;
  /** The bills of which something is in it. */
  bills: Array<Bill>;
  /** When it was agreed to, business time. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ended; null while it is active. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Where an instalment plan stands. */
export type InstalmentPlanState =
  /** Its parts are being paid. */
  | 'ACTIVE'
  /** All of it was paid in time. */
  | 'KEPT'
  /** A part was not paid by its day: what was left fell due at once. */
  | 'BROKEN'
  /** It was ended by hand: what was left fell due at once. */
  | 'CANCELLED';

/** A part of an instalment plan. */
export type InstalmentPart = {
  /** The local day until whose end it is to be paid. */
  dueOn: Scalars['String']['output'];
  /** How much. */
  amount: Scalars['Decimal']['output'];
};

/** A part of an instalment plan to agree to. */
export type InstalmentPartInput = {
  /** The local day until whose end it is to be paid: `2026-09-01`. */
  dueOn: Scalars['String']['input'];
  /** How much, with at most two decimals. */
  amount: Scalars['Decimal']['input'];
};

/** An instalment plan to agree to. */
export type CreateInstalmentPlanInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** Bills whose overdue amount is split; absent: all that is late. */
  billIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** 1 to 36 parts on rising days after today; together, what is late. */
  parts: Array<InstalmentPartInput>;
};

/** An instalment plan to end. */
export type CancelInstalmentPlanInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** Why. */
  reason: Scalars['String']['input'];
};

/** Money that a bank or gateway reported. */
export type Receipt = {
  /** The receipt's id, a UUID. */
  receiptId: Scalars['ID']['output'];
  /** The mapping of the bank's statements, or the gateway. */
  source: Scalars['String']['output'];
  /** The bank's or gateway's own id of it. */
  reference: Scalars['String']['output'];
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** The local day from which it counts. */
  valueDate: Scalars['String']['output'];
  /** Who paid, as the bank says. */
  payer: Scalars['String']['output'];
  /** What the payer wrote. */
  remark: Scalars['String']['output'];
  /** How it was matched: bill-number, account, amount, or by whom. Null: not yet. */
  matchedBy: Maybe<Scalars['String']['output']>;
  /** Whose payment it is; null: nobody's yet. */
  account: Maybe<Account>;
  /** The payment that it is; null: none yet. */
  paymentId: Maybe<Scalars['ID']['output']>;
  /** When it was sent back, business time; null: it was not. */
  returnedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Whose a receipt is. */
export type MatchReceiptInput = {
  /** The receipt. */
  receiptId: Scalars['ID']['input'];
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The bill of the account that it pays first, by its number. */
  billNumber?: InputMaybe<Scalars['String']['input']>;
};

/** A receipt that was matched with the wrong account. */
export type UnmatchReceiptInput = {
  /** The receipt. */
  receiptId: Scalars['ID']['input'];
  /** Why it is taken back. */
  reason: Scalars['String']['input'];
};

/** A receipt that is sent back. */
export type ReturnReceiptInput = {
  /** The receipt. */
  receiptId: Scalars['ID']['input'];
  /** Why it is sent back. */
  reason: Scalars['String']['input'];
};

/** Bills to pay with credit. */
export type AllocateCreditInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** Which bills or lines; absent: the ones that are due first. 100 at most. */
  allocations?: InputMaybe<Array<AllocationInput>>;
};

/** An allocation to take back. */
export type UnallocateInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The allocation. */
  allocationId: Scalars['ID']['input'];
  /** How much of it; absent: all. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** Money to pay out. */
export type RefundInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** How much, with at most two decimals. */
  amount: Scalars['Decimal']['input'];
  /** How it is paid out. */
  method: PaymentMethod;
  /** The payment that is given back; absent: credit. */
  paymentId?: InputMaybe<Scalars['ID']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A deposit that comes or goes. */
export type DepositInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** How much, with at most two decimals. */
  amount: Scalars['Decimal']['input'];
  /** How it is paid. */
  method: PaymentMethod;
  /** Why. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** A deposit to use. */
export type UseDepositInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** How much at most, with at most two decimals. */
  amount: Scalars['Decimal']['input'];
  /** Why. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** A bill to give up. */
export type WriteOffInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The bill. */
  billId: Scalars['ID']['input'];
  /** How much of it; absent: all that is open. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A loss that is paid after all. */
export type RecoverInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The bill. */
  billId: Scalars['ID']['input'];
  /** How much, with at most two decimals. */
  amount: Scalars['Decimal']['input'];
  /** How it is paid. */
  method: PaymentMethod;
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

/** Where an account stands in dunning. */
export type AccountDunning = {
  /** The class of the customer, as policies name it: `standard` unless a clerk said otherwise. */
  customerClass: Scalars['String']['output'];
  /** True: nobody reminds, and nothing is stopped. */
  exempt: Scalars['Boolean']['output'];
  /** False: being late costs nothing. */
  bearsLateFee: Scalars['Boolean']['output'];
  /** Why its terms are not those of everybody; null where they are. */
  termsReason: Maybe<Scalars['String']['output']>;
  /** What is late, without what is disputed or in an instalment plan. */
  overdue: Scalars['Decimal']['output'];
  /** Whole local days since the oldest bill became late; null when nothing is late. */
  overdueDays: Maybe<Scalars['Int']['output']>;
  /** How many bills are late. */
  overdueBills: Scalars['Int']['output'];
  /** The promise to pay that holds; null when there is none. */
  promise: Maybe<PaymentPromise>;
  /** Cases with their steps: open ones first, then the newest. */
  cases: Array<DunningCase>;
  /** By service class, what comes next if nothing is paid; left out where nothing does. */
  next: Array<DunningOutlook>;
};


/** Where an account stands in dunning. */
export type AccountDunningCasesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One service class of an account that does not pay in time. */
export type DunningCase = {
  /** The case's id, a UUID. */
  caseId: Scalars['ID']['output'];
  /** The service class. */
  service: ServiceClass;
  /** The strictest state that holds; null when none does. */
  state: Maybe<Scalars['String']['output']>;
  /** What is wanted of the products now. */
  stop: DunningStop;
  /** When the first state held, business time. */
  openedAt: Scalars['DateTime']['output'];
  /** When nothing was late any more; null while it is open. */
  closedAt: Maybe<Scalars['DateTime']['output']>;
  /** What happened, in its order. */
  steps: Array<DunningStep>;
};

/** What happened in a case. */
export type DunningStep = {
  /** Counts from 1. */
  no: Scalars['Int']['output'];
  /** What it is. */
  kind: DunningStepKind;
  /** The state of the policy that brought it; null for a step back. */
  state: Maybe<Scalars['String']['output']>;
  /** The state's name. */
  name: Maybe<Scalars['String']['output']>;
  /** What is wanted of the products from then on. */
  stop: DunningStop;
  /** What was late then. */
  overdue: Scalars['Decimal']['output'];
  /** Whole local days for which it was; null when nothing was late. */
  overdueDays: Maybe<Scalars['Int']['output']>;
  /** When, business time. */
  at: Scalars['DateTime']['output'];
};


/** What happened in a case. */
export type DunningStepNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** What comes next if nothing is paid. */
export type DunningOutlook = {
  /** The service class. */
  service: ServiceClass;
  /** What it will be. */
  kind: DunningStepKind;
  /** The state of the policy that will hold. */
  state: Maybe<Scalars['String']['output']>;
  /** The state's name. */
  name: Maybe<Scalars['String']['output']>;
  /** What will be wanted of the products. */
  stop: DunningStop;
  /** When: the start of a local day. */
  at: Scalars['DateTime']['output'];
};


/** What comes next if nothing is paid. */
export type DunningOutlookNameArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** Services that are stopped by rules of their own. */
export type ServiceClass =
  /** Mobile cards. */
  | 'MOBILE'
  /** Fixed lines. */
  | 'FIXED'
  /** Broadband lines. */
  | 'BROADBAND'
  /** IPTV sets. */
  | 'IPTV';

/** What dunning wants of products. */
export type DunningStop =
  /** They run. */
  | 'NONE'
  /** Nothing goes out, calls come in. */
  | 'BARRED_OUTGOING'
  /** Nothing runs. */
  | 'FULL_STOP'
  /** They end. */
  | 'TERMINATION';

/** What a step of a case is. */
export type DunningStepKind =
  /** The customer is told. */
  | 'NOTICE'
  /** More is stopped than before. */
  | 'STOP'
  /** Less is stopped than before. */
  | 'RESUME'
  /** Nothing is late any more. */
  | 'CLOSED';

/** A customer's promise to pay. */
export type PaymentPromise = {
  /** The last local day on which it holds: `2026-08-20`. */
  until: Scalars['String']['output'];
  /** True: what was stopped goes on meanwhile. */
  releases: Scalars['Boolean']['output'];
  /** The clerk's words. */
  reason: Scalars['String']['output'];
  /** Who took it down. */
  givenBy: Scalars['String']['output'];
  /** When, business time. */
  givenAt: Scalars['DateTime']['output'];
};

/** A sum of a bill that the customer does not accept. */
export type Dispute = {
  /** The dispute's id, a UUID. */
  disputeId: Scalars['ID']['output'];
  /** The account that the bill was issued to. */
  account: Account;
  /** The bill. */
  bill: Bill;
  /** The line that it is about; null: the bill. */
  lineNo: Maybe<Scalars['Int']['output']>;
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** The customer's words. */
  reason: Scalars['String']['output'];
  /** Where it stands. */
  state: DisputeState;
  /** When it was taken down, business time. */
  openedAt: Scalars['DateTime']['output'];
  /** Who took it down. */
  openedBy: Scalars['String']['output'];
  /** The local day on which it was decided; null before. */
  resolvedOn: Maybe<Scalars['String']['output']>;
  /** Who decided it; null before. */
  resolvedBy: Maybe<Scalars['String']['output']>;
  /** Why it was decided so; null before. */
  resolution: Maybe<Scalars['String']['output']>;
  /** Rejected: whether its days count as overdue; null otherwise. */
  daysCount: Maybe<Scalars['Boolean']['output']>;
};

/** Where a dispute stands. */
export type DisputeState =
  /** Nobody has decided yet. */
  | 'OPEN'
  /** The customer is right: a credit note is to be issued. */
  | 'ACCEPTED'
  /** The sum is owed, and late again. */
  | 'REJECTED'
  /** The credit note has come. */
  | 'CREDITED';

/** What being late with a bill costs. Simple, on what was overdue and undisputed, for whole local days. */
export type LateFee = {
  /** The bill that is or was late. */
  bill: Bill;
  /** The bill's number. */
  number: Scalars['String']['output'];
  /** Its first late day: `2026-08-03`. */
  lateFrom: Scalars['String']['output'];
  /** For each day, in thousandths. */
  perMille: Scalars['Decimal']['output'];
  /** What has accrued through yesterday; at most what was overdue. */
  accrued: Scalars['Decimal']['output'];
  /** What clerks have waived of it. */
  waived: Scalars['Decimal']['output'];
  /** What was handed to billing; it is on the next bill. */
  charged: Scalars['Decimal']['output'];
  /** What is still to be charged: when the bill is paid, or on the first of a month. Negative: it goes back. */
  toCharge: Scalars['Decimal']['output'];
  /** How it came about: days on which the same sum was overdue. */
  spans: Array<LateFeeSpan>;
};

/** Days on which the same sum was overdue. */
export type LateFeeSpan = {
  /** The first of them. */
  from: Scalars['String']['output'];
  /** The day after the last of them. */
  to: Scalars['String']['output'];
  /** How many. */
  days: Scalars['Int']['output'];
  /** The sum. */
  principal: Scalars['Decimal']['output'];
};

/** Dunning at a glance. */
export type DunningSummary = {
  /** Open cases by service class and what is stopped. */
  cases: Array<DunningCount>;
  /** Products whose order has not told of its end yet. */
  stopsWaiting: Scalars['Int']['output'];
  /** Those of them that were asked for three times or more: a person should look. */
  stopsStuck: Scalars['Int']['output'];
  /** Late fees that billing would not take. */
  lateFeesRefused: Scalars['Int']['output'];
};

/** Open cases of one kind. */
export type DunningCount = {
  /** The service class. */
  service: ServiceClass;
  /** What is wanted of their products. */
  stop: DunningStop;
  /** How many cases. */
  cases: Scalars['Int']['output'];
};

/** A dispute to take down. */
export type OpenDisputeInput = {
  /** The account that the bill was issued to. */
  accountId: Scalars['ID']['input'];
  /** The bill. */
  billId: Scalars['ID']['input'];
  /** The line that it is about; left out: the bill. */
  lineNo?: InputMaybe<Scalars['Int']['input']>;
  /** How much, at most what is open and neither disputed nor in instalments. */
  amount: Scalars['Decimal']['input'];
  /** The customer's words. */
  reason: Scalars['String']['input'];
};

/** A decision on a dispute. */
export type ResolveDisputeInput = {
  /** The dispute. */
  disputeId: Scalars['ID']['input'];
  /** Whether the customer is right. */
  accepted: Scalars['Boolean']['input'];
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A promise to pay. */
export type PromisePaymentInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The last local day on which it holds; 92 days from today at most. */
  until: Scalars['String']['input'];
  /** True: what is stopped goes on meanwhile; false: it stays, and nothing more happens. */
  releases: Scalars['Boolean']['input'];
  /** Why it is believed. */
  reason: Scalars['String']['input'];
};

/** What is agreed with a customer. */
export type DunningTermsInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The class, as policies name it: `standard`, `enterprise`. */
  customerClass: Scalars['String']['input'];
  /** True: nobody reminds, and nothing is stopped. */
  exempt: Scalars['Boolean']['input'];
  /** False: being late costs nothing from now on. */
  bearsLateFee: Scalars['Boolean']['input'];
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A late fee to waive. */
export type WaiveLateFeeInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The bill that was late. */
  billId: Scalars['ID']['input'];
  /** How much; left out: all that has accrued. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A clerk's time at a till. */
export type CashierShift = {
  /** Its id, a UUID. */
  shiftId: Scalars['ID']['output'];
  /** The till. */
  till: Scalars['String']['output'];
  /** Who is at it. */
  clerk: Scalars['String']['output'];
  /** `open`, `counted`, `closed`. */
  state: Scalars['String']['output'];
  /** Cash that lay in it at first. */
  float: Scalars['Decimal']['output'];
  /** When it was opened. */
  openedAt: Scalars['DateTime']['output'];
  /** Float and receipts; null until it is counted. */
  expected: Maybe<Scalars['Decimal']['output']>;
  /** What was counted; null until then. */
  counted: Maybe<Scalars['Decimal']['output']>;
  /** Counted less expected; null until then. */
  difference: Maybe<Scalars['Decimal']['output']>;
  /** Who closed it. */
  approvedBy: Maybe<Scalars['String']['output']>;
  /** What of it was paid in at the bank. */
  banked: Scalars['Decimal']['output'];
  /** Its receipts by number; empty in the answers of commands. */
  receipts: Array<CashReceipt>;
};

/** Cash that came into or left a till. */
export type CashReceipt = {
  /** Gap-free at each till. */
  number: Scalars['String']['output'];
  /** `payment`, `top-up`, `refund`, `deposit-taken`, `deposit-returned`. */
  kind: Scalars['String']['output'];
  /** The payment or movement. */
  referenceId: Scalars['ID']['output'];
  /** Whose account. */
  accountId: Scalars['ID']['output'];
  /** Negative where it was paid out. */
  amount: Scalars['Decimal']['output'];
};

/** Reports of the ledger. */
export type LedgerReportName =
  /** Each ledger account before, during and after the days. */
  | 'TRIAL_BALANCE'
  /** What customers have paid and not had at the end of the last day. */
  | 'DEFERRED'
  /** Every line of every entry, in order of time. */
  | 'JOURNAL'
  /** What each account owes by days late, as it is now. */
  | 'AGING';

/** A report as a table. Amounts are decimals in yuan. */
export type ReportTable = {
  /** Its name in `/reports` and at the terminal. */
  name: Scalars['String']['output'];
  /** Names of the columns. */
  columns: Array<Scalars['String']['output']>;
  /** Its rows, a cell for each column; 5,000 at most, longer reports are read as files. */
  rows: Array<Array<Scalars['String']['output']>>;
  /** Sums of the columns that have one, in their order; null where a column has none. */
  totals: Array<Maybe<Scalars['String']['output']>>;
};
