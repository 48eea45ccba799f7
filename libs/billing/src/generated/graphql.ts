// Made by `npm run generate` from ../billing.graphql: do not edit.

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
  /** A published bill by id; null when there is none. */
  bill: Maybe<Bill>;
  /** A published bill by its number; null when there is none. */
  billByNumber: Maybe<Bill>;
  /** Published bills of an account, newest first. */
  bills: BillConnection;
  /** What a run would write for an account now: for a period that was not billed its bill, for a billed one what changed since. Writes nothing. */
  previewBill: BillPreview;
  /** Why a line is what it is: its operations carried out again, and the usage behind it. */
  explainBillLine: BillLineExplanation;
  /** An account's tax exemptions, by day. */
  taxExemptions: Array<TaxExemption>;
  /** Deliveries of bills, newest bill first. */
  billDeliveries: Array<BillDelivery>;
  /** How an account wishes to get its bills; null: it has not said, and the policy decides. */
  billDeliveryWish: Maybe<BillDeliveryWish>;
  /** What the receiver of an account's webhooks checks the header `ronghe-signature` with. */
  billWebhookSecret: Scalars['String']['output'];
  /** What was billed on days of issue, as a table. For billing and operations. */
  billReport: ReportTable;
  /** A bill run by id; null when there is none. */
  billRun: Maybe<BillRun>;
  /** Bill runs, newest first. */
  billRuns: BillRunConnection;
};


export type QueryBillArgs = {
  id: Scalars['ID']['input'];
};


export type QueryBillByNumberArgs = {
  number: Scalars['String']['input'];
};


export type QueryBillsArgs = {
  accountId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPreviewBillArgs = {
  accountId: Scalars['ID']['input'];
  period: Scalars['String']['input'];
};


export type QueryExplainBillLineArgs = {
  lineId: Scalars['ID']['input'];
};


export type QueryTaxExemptionsArgs = {
  accountId: Scalars['ID']['input'];
};


export type QueryBillDeliveriesArgs = {
  accountId?: InputMaybe<Scalars['ID']['input']>;
  state?: InputMaybe<AttemptState>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryBillDeliveryWishArgs = {
  accountId: Scalars['ID']['input'];
};


export type QueryBillWebhookSecretArgs = {
  accountId: Scalars['ID']['input'];
};


export type QueryBillReportArgs = {
  report: BillReportName;
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
  zone?: InputMaybe<Scalars['String']['input']>;
};


export type QueryBillRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryBillRunsArgs = {
  period?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /**
   * Starts a bill run by hand; a scheduled one that waits is taken over. Refused with `inputs_not_closed` while an input has not
   * passed the cut-off, unless it is forced with a reason. What was billed before is not billed again.
   */
  startBillRun: BillRun;
  /** Confirms a run that waits for a person; its bills are numbered and published. */
  confirmBillRun: BillRun;
  /** Rejects a run that waits for a person; its drafts are void, and the period can be run again. */
  rejectBillRun: BillRun;
  /**
   * Bills an account now, outside its cycle: its open period through today, or only its charges that come once. The bills are
   * numbered and published at once; the cycle's bill has the rest. Accounts that are billed together with it get theirs too.
   */
  billNow: Array<Bill>;
  /** Gives a run up before its bills have numbers; its drafts are void, and the period can be run again. It ends as REJECTED, or as COMPLETED where earlier bills of it are published. */
  cancelBillRun: BillRun;
  /** Has a run stand still in the stage that it is in; a waiting one does not start by itself. Batches under way end. */
  pauseBillRun: BillRun;
  /** Has a paused run go on where it stands. */
  resumeBillRun: BillRun;
  /** Has the billing group of a quarantined account tried again by the same run. */
  releaseQuarantine: BillRun;
  /** Says how an account wishes to get its bills from now on, and who the buyer on its tax invoices is. */
  setBillDelivery: BillDeliveryWish;
  /** Sends a published bill, perhaps once more. */
  deliverBill: BillDelivery;
  /** Has a dead or waiting delivery tried again at once. */
  retryBillDelivery: BillDelivery;
  /** Asks for the tax invoice of a published bill; where it was asked for, nothing changes. */
  requestTaxInvoice: BillTaxInvoice;
  /** Has tax invoices that got no number tried again at once. */
  retryTaxInvoice: BillTaxInvoice;
  /** Frees an account from tax by a certificate, for services from a day on. Prices stay; the tax in them is 0. */
  grantTaxExemption: TaxExemption;
  /** Ends a tax exemption. */
  endTaxExemption: TaxExemption;
  /** Credits lines of a published bill by a credit note, which is numbered and published at once; never more than is left of a line. */
  issueCreditNote: Bill;
  /** Puts one charge, or with a negative amount one credit, on an account's next bill. */
  chargeOnce: OneTimeCharge;
};


export type MutationStartBillRunArgs = {
  input: StartBillRunInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationConfirmBillRunArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRejectBillRunArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationBillNowArgs = {
  input: BillNowInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCancelBillRunArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationPauseBillRunArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationResumeBillRunArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationReleaseQuarantineArgs = {
  runId: Scalars['ID']['input'];
  accountId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationSetBillDeliveryArgs = {
  input: SetBillDeliveryInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationDeliverBillArgs = {
  input: DeliverBillInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRetryBillDeliveryArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRequestTaxInvoiceArgs = {
  billId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRetryTaxInvoiceArgs = {
  billId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationGrantTaxExemptionArgs = {
  input: TaxExemptionInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationEndTaxExemptionArgs = {
  input: EndTaxExemptionInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationIssueCreditNoteArgs = {
  input: IssueCreditNoteInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationChargeOnceArgs = {
  input: ChargeOnceInput;
  idempotencyKey: Scalars['String']['input'];
};

/** A numbered bill. Its total is its own charges; what is still to be paid is `due`. */
export type Bill = {
  /** The bill's id, a UUID. */
  id: Scalars['ID']['output'];
  /** The bill's number, gap-free in its series. */
  number: Scalars['String']['output'];
  /** Whether it charges or credits. */
  kind: BillKind;
  /** Bill period, by the month in which it starts: `2026-06`. */
  period: Scalars['String']['output'];
  /** First day of the period. */
  firstDay: Scalars['Date']['output'];
  /** Last day of the period. */
  lastDay: Scalars['Date']['output'];
  /** The account's id. */
  accountId: Scalars['ID']['output'];
  /** The account that it is issued to. */
  account: Account;
  /** Who owns the account. */
  customer: Customer;
  /** Σ net of its lines, tax included. */
  total: Scalars['Decimal']['output'];
  /** Lines of its period in the order of charge class and card, then fees in advance, late differences and one-time charges. */
  lines: Array<BillLine>;
  /** The same lines by the account that is charged: its own first, then each that it pays for. */
  sections: Array<BillSection>;
  /** Discounts of the account and its balance group, each with what it took of this bill; empty when there are none. */
  discounts: Array<AppliedDiscount>;
  /** The tax in it, highest rate first. */
  taxes: Array<BillTax>;
  /** When it was issued, business time. */
  issuedAt: Scalars['DateTime']['output'];
  /** Last day to pay. */
  dueOn: Scalars['Date']['output'];
  /** The bill that this credit note by hand credits, and why; null for all others. */
  credits: Maybe<CreditNoteReason>;
  /** What became of the money of a prepaid account, whose bill is a statement of which nothing is due; null for bills to be paid. */
  statement: Maybe<PrepaidStatement>;
  /** Address of the readable page; it opens without sign-in for a limited time. */
  pageUrl: Scalars['String']['output'];
  /** Address of the bill as a PDF, as long as `pageUrl`; `&lang=zh-CN` or `&lang=en` asks for a language. */
  pdfUrl: Scalars['String']['output'];
  /** How it reached its customer, or did not; the first is that of its publication. */
  deliveries: Array<BillDelivery>;
  /** Its tax invoices (数电票); null: nobody has asked for them. */
  taxInvoice: Maybe<BillTaxInvoice>;
};

/** The way on which a bill reaches its customer. */
export type DeliveryChannel =
  /** It is only there to be read. */
  | 'NONE'
  /** A folder for each delivery in the operator's data folder. */
  | 'FILE'
  /** E-mail. */
  | 'EMAIL'
  /** A signed POST. */
  | 'WEBHOOK';

/** What goes with a delivered bill. */
export type DeliveryAttachment =
  /** The bill as PDF. */
  | 'PDF'
  /** The bill as a page. */
  | 'HTML'
  /** The tax invoices as XML; waited for until they have numbers. */
  | 'TAX_INVOICE';

/** How far something is that is tried until it succeeds. */
export type AttemptState =
  /** It is tried, now or at `nextTryAt`. */
  | 'WAITING'
  /** It has succeeded. */
  | 'DONE'
  /** It has failed too often, or trying again is of no use: a person must look at `lastError`. */
  | 'DEAD';

/** A bill on its way to its customer. Times of attempts are system time. */
export type BillDelivery = {
  /** The bill's id and the place among its deliveries: the idempotency key of webhooks, part of the Message-ID of e-mail. */
  id: Scalars['ID']['output'];
  /** Which bill. */
  billId: Scalars['ID']['output'];
  /** Whose. */
  accountId: Scalars['ID']['output'];
  /** How. */
  channel: DeliveryChannel;
  /** Where to: an e-mail address or a URL; null for files. */
  address: Maybe<Scalars['String']['output']>;
  /** In which language: `zh-CN` or `en`. */
  language: Scalars['String']['output'];
  /** What goes with it. */
  attachments: Array<DeliveryAttachment>;
  /** How far it is. */
  state: AttemptState;
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** When it is tried again; null when it is not. */
  nextTryAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the last attempt failed. */
  lastError: Maybe<Scalars['String']['output']>;
  /** When it was asked for, business time. */
  requestedAt: Scalars['DateTime']['output'];
  /** When it succeeded. */
  doneAt: Maybe<Scalars['DateTime']['output']>;
};

/** How an account wishes to get its bills. */
export type BillDeliveryWish = {
  /** Whose wish. */
  accountId: Scalars['ID']['output'];
  /** How. */
  channel: DeliveryChannel;
  /** Where to: an e-mail address or a URL; null where the channel needs none. */
  address: Maybe<Scalars['String']['output']>;
  /** In which language: `zh-CN` or `en`. */
  language: Scalars['String']['output'];
  /** What goes with them. */
  attachments: Array<DeliveryAttachment>;
  /** Whether its bills get tax invoices by themselves. */
  wantsTaxInvoice: Scalars['Boolean']['output'];
  /** The buyer's title; null: invoices to a person. */
  buyerName: Maybe<Scalars['String']['output']>;
  /** The buyer's unified social credit code. */
  buyerTaxNumber: Maybe<Scalars['String']['output']>;
};

/** How an account wishes to get its bills. */
export type SetBillDeliveryInput = {
  /** Whose wish. */
  accountId: Scalars['ID']['input'];
  /** How. */
  channel: DeliveryChannel;
  /** Where to: an e-mail address, or an https URL. */
  address?: InputMaybe<Scalars['String']['input']>;
  /** In which language: `zh-CN`, where left out, or `en`. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** What goes with them; left out: the PDF. */
  attachments?: InputMaybe<Array<DeliveryAttachment>>;
  /** Whether its bills get tax invoices by themselves; left out: no. */
  wantsTaxInvoice?: InputMaybe<Scalars['Boolean']['input']>;
  /** The buyer's title; left out: invoices to a person. */
  buyerName?: InputMaybe<Scalars['String']['input']>;
  /** The buyer's unified social credit code, or taxpayer's number. */
  buyerTaxNumber?: InputMaybe<Scalars['String']['input']>;
};

/** A bill to be sent; what is left out is as its account wishes. */
export type DeliverBillInput = {
  /** Which bill. */
  billId: Scalars['ID']['input'];
  /** How. */
  channel?: InputMaybe<DeliveryChannel>;
  /** Where to: an e-mail address, or an https URL. */
  address?: InputMaybe<Scalars['String']['input']>;
  /** In which language: `zh-CN` or `en`. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** What goes with it. */
  attachments?: InputMaybe<Array<DeliveryAttachment>>;
};

/** The tax invoices of a bill, and how far the tax platform has numbered them. Times of attempts are system time. */
export type BillTaxInvoice = {
  /** Of which bill. */
  billId: Scalars['ID']['output'];
  /** How far they are. */
  state: AttemptState;
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** When it is tried again; null when it is not. */
  nextTryAt: Maybe<Scalars['DateTime']['output']>;
  /** Why the last attempt failed. */
  lastError: Maybe<Scalars['String']['output']>;
  /** Those that have numbers: one of a bill, of a credit note one for each bill that it takes back. */
  invoices: Array<TaxInvoice>;
};

/** A tax invoice (数电票) as the tax platform numbered it: net + tax = gross. */
export type TaxInvoice = {
  /** What it was sent as: the same request gets the same number. */
  requestId: Scalars['ID']['output'];
  /** What it does. */
  kind: TaxInvoiceKind;
  /** The tax platform's number. */
  number: Scalars['String']['output'];
  /** When it was numbered. */
  issuedAt: Scalars['DateTime']['output'];
  /** The number of the invoice that a red one takes back. */
  credits: Maybe<Scalars['String']['output']>;
  /** Without tax. */
  net: Scalars['Decimal']['output'];
  /** The tax. */
  tax: Scalars['Decimal']['output'];
  /** With tax. */
  gross: Scalars['Decimal']['output'];
  /** The data that was sent, by our schema `tax-invoice.xsd`. */
  xml: Scalars['String']['output'];
};

/** Whether a tax invoice charges or takes back. */
export type TaxInvoiceKind =
  /** An invoice of what was sold (蓝字). */
  | 'BLUE'
  /** One that takes an earlier one back (红字). */
  | 'RED';

/** Whether a bill charges or credits. */
export type BillKind =
  /** Something to pay. */
  | 'BILL'
  /** A negative bill: it takes back what earlier ones charged. */
  | 'CREDIT_NOTE'
  /** What a prepaid account used; it was taken from its balance. */
  | 'STATEMENT';

/**
 * A prepaid account's own money over a period, exact: opening + paidIn − used − expired + transferred + Σ shared + adjusted
 * = closing;
 * its bonuses beside it: bonusOpening + bonusesGiven − usedOfBonuses − bonusesExpired = bonusClosing.
 * Days are the account's local days.
 */
export type PrepaidStatement = {
  /** Balance as the period began, less what was owed. */
  opening: Scalars['Decimal']['output'];
  /** What the customer paid in. */
  paidIn: Scalars['Decimal']['output'];
  /** Taken for usage and fees, less what was given back. */
  used: Scalars['Decimal']['output'];
  /** What bonuses paid of usage and fees, beside `used`. */
  usedOfBonuses: Scalars['Decimal']['output'];
  /** What was lost at the end of its validity. */
  expired: Scalars['Decimal']['output'];
  /** From other accounts less to them, without shared money. */
  transferred: Scalars['Decimal']['output'];
  /** What accounts that share money paid of each other's usage. */
  shared: Array<SharedMoney>;
  /** What staff added or took. */
  adjusted: Scalars['Decimal']['output'];
  /** Balance as the period ended, less what is owed. */
  closing: Scalars['Decimal']['output'];
  /** What the lines show and other periods' money paid or will pay, with rounding: total − used − usedOfBonuses. */
  debitedElsewhere: Scalars['Decimal']['output'];
  /** Bonuses as the period began. */
  bonusOpening: Scalars['Decimal']['output'];
  /** Bonuses that were given, less what staff took of them. */
  bonusesGiven: Scalars['Decimal']['output'];
  /** What of bonuses was lost at their end. */
  bonusesExpired: Scalars['Decimal']['output'];
  /** Bonuses as the period ended. */
  bonusClosing: Scalars['Decimal']['output'];
  /** What paid the lines. */
  paidBy: StatementSources;
};

/** Shared money over a period, exact. */
export type SharedMoney = {
  /** The other account. */
  accountId: Scalars['ID']['output'];
  /** Above zero: what it paid of this account's usage; below zero: what this account paid of its usage. */
  amount: Scalars['Decimal']['output'];
};

/** What paid the lines of a statement, exact: the parts add up to its total. */
export type StatementSources = {
  /** The account's own money, on days of the period: `used`. */
  ownMoney: Scalars['Decimal']['output'];
  /** Bonuses, on days of the period: `usedOfBonuses`. */
  bonuses: Scalars['Decimal']['output'];
  /** Money that moved in another period: usage belongs to the period in which it started, money to the day on which it moved. */
  otherPeriods: Scalars['Decimal']['output'];
  /** What this statement itself takes from the account's money (minimums), less what it gives back (discounts). */
  settled: Scalars['Decimal']['output'];
  /** What lines in fen are more than the exact charges behind them. */
  rounding: Scalars['Decimal']['output'];
};

/** What a bill charges one account. */
export type BillSection = {
  /** Whose charges these are: the bill's own account, or one that it pays for. */
  accountId: Scalars['ID']['output'];
  /** Σ net of its lines. */
  total: Scalars['Decimal']['output'];
  /** Its lines. */
  lines: Array<BillLine>;
};

/** Which bill was credited by hand, and why. */
export type CreditNoteReason = {
  /** The bill that is credited. */
  billId: Scalars['ID']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
};

/** An account's freedom from tax by a certificate. */
export type TaxExemption = {
  /** Its id, a UUID. */
  exemptionId: Scalars['ID']['output'];
  /** Whose services are free of tax. */
  accountId: Scalars['ID']['output'];
  /** The number of the tax authority's certificate. */
  certificate: Scalars['String']['output'];
  /** First day of service on which it holds. */
  from: Scalars['Date']['output'];
  /** First day on which it holds no more; null: it goes on. */
  to: Maybe<Scalars['Date']['output']>;
};

/** Whom to free from tax, and by what. */
export type TaxExemptionInput = {
  /** The account's id. */
  accountId: Scalars['ID']['input'];
  /** The number of the tax authority's certificate. */
  certificate: Scalars['String']['input'];
  /** First day of service on which it holds; today at the earliest. */
  from: Scalars['Date']['input'];
  /** First day on which it holds no more; left out: it goes on. */
  to?: InputMaybe<Scalars['Date']['input']>;
};

/** Which tax exemption ends, and when. */
export type EndTaxExemptionInput = {
  /** The account's id. */
  accountId: Scalars['ID']['input'];
  /** Which exemption. */
  exemptionId: Scalars['ID']['input'];
  /** First day on which it holds no more; today at the earliest. */
  to: Scalars['Date']['input'];
};

/** The line of a published bill that was credited. */
export type CreditedLine = {
  /** The bill that is credited. */
  billId: Scalars['ID']['output'];
  /** The line's place on it, from 1. */
  no: Scalars['Int']['output'];
};

/** One line to credit. */
export type CreditedLineInput = {
  /** The line's place on the bill, from 1. */
  no: Scalars['Int']['input'];
  /** How much of it, tax included; left out: all that is left. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Lines of a published bill that are to be credited. */
export type IssueCreditNoteInput = {
  /** Of which bill. */
  billId: Scalars['ID']['input'];
  /** Why; it is printed with each line's explanation. 200 characters at most. */
  reason: Scalars['String']['input'];
  /** Which lines, each once. */
  lines: Array<CreditedLineInput>;
};

/** Everything of one product, charge class and tax class in one service period, rounded once. */
export type BillLine = {
  /** The line's id; null in a preview. */
  id: Maybe<Scalars['ID']['output']>;
  /** Whose charge it is: the bill's own account, or one that it pays for. */
  accountId: Scalars['ID']['output'];
  /** The card that was charged: `main`, `sub1`, `iptv`; empty for one-time charges. */
  card: Scalars['String']['output'];
  /** What kind of charge it is: `plan fee`. */
  chargeClass: Scalars['String']['output'];
  /** What people read. */
  label: Scalars['String']['output'];
  /** Bill period in which the service was given; an earlier one than the bill's for late differences. */
  servicePeriod: Scalars['String']['output'];
  /** Before discounts. */
  amount: Scalars['Decimal']['output'];
  /** All that was taken off. */
  discount: Scalars['Decimal']['output'];
  /** The part of it that discounts of the account and its balance group took, one by one, in their order. */
  discounts: Array<AppliedDiscount>;
  /** To pay: amount less discount, tax included. */
  net: Scalars['Decimal']['output'];
  /** Tax rate in percent. */
  taxPercent: Scalars['Decimal']['output'];
  /** Its share of the bill's tax at that rate. */
  tax: Scalars['Decimal']['output'];
  /** The line that a credit note by hand takes back, wholly or in part; null on other lines. */
  creditsLine: Maybe<CreditedLine>;
  /** How the figure came about. */
  explanation: Explanation;
};


/** Everything of one product, charge class and tax class in one service period, rounded once. */
export type BillLineLabelArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** What a discount of the account or its balance group took of a line or a bill. */
export type AppliedDiscount = {
  /** Code of the discount policy. */
  code: Scalars['String']['output'];
  /** Its version. */
  version: Scalars['Int']['output'];
  /** What people read. */
  label: Scalars['String']['output'];
  /** Whose charges it looked at. */
  scope: DiscountScope;
  /** How much it took; negative where a later bill takes it back. */
  amount: Scalars['Decimal']['output'];
};


/** What a discount of the account or its balance group took of a line or a bill. */
export type AppliedDiscountLabelArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** Whose charges a discount looks at. */
export type DiscountScope =
  /** The account's own. */
  | 'ACCOUNT'
  /** Those of all accounts of the balance group; each gets its share. */
  | 'BALANCE_GROUP';

/** How a figure came about, step by step. */
export type Explanation = {
  /** In one sentence. */
  text: Scalars['String']['output'];
  /** The operations in order; the last one's result is the figure. */
  steps: Array<ExplanationStep>;
  /** The figure. */
  result: Scalars['Decimal']['output'];
};


/** How a figure came about, step by step. */
export type ExplanationTextArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** One operation on decimals. */
export type ExplanationStep = {
  /** What is done: `prorate`, `round`, `subtract-money`. */
  op: Scalars['String']['output'];
  /** The operands; `#2` is the result of the second step. */
  inputs: Array<ExplanationInput>;
  /** What comes out. */
  result: Scalars['Decimal']['output'];
  /** In words. */
  text: Scalars['String']['output'];
};


/** One operation on decimals. */
export type ExplanationStepTextArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** An operand of an operation. */
export type ExplanationInput = {
  /** Its name: `price`, `days`. */
  name: Scalars['String']['output'];
  /** A decimal, or a reference to an earlier step. */
  value: Scalars['String']['output'];
};

/** The tax in a bill at one rate. */
export type BillTax = {
  /** Rate in percent. */
  percent: Scalars['Decimal']['output'];
  /** What it is contained in. */
  gross: Scalars['Decimal']['output'];
  /** The tax: gross × rate ÷ (100 + rate). */
  tax: Scalars['Decimal']['output'];
};

/** What a run would write now. */
export type BillPreview = {
  /** The account's id. */
  accountId: Scalars['ID']['output'];
  /** Bill period. */
  period: Scalars['String']['output'];
  /** Σ net of its lines; 0.00 when nothing would be written. */
  total: Scalars['Decimal']['output'];
  /** The lines. */
  lines: Array<BillLine>;
  /** Discounts of the account and its balance group, each with what it would take. */
  discounts: Array<AppliedDiscount>;
  /** The tax in them. */
  taxes: Array<BillTax>;
};

/** A line with its operations carried out again. */
export type BillLineExplanation = {
  /** The line as billed. */
  line: BillLine;
  /** What comes out when every operation is carried out again. */
  recomputed: Scalars['Decimal']['output'];
  /** Whether that is the line's net. */
  matches: Scalars['Boolean']['output'];
  /** In one sentence. */
  text: Scalars['String']['output'];
  /** The prices behind it, by the document that each is of. */
  references: Array<BillLineReference>;
  /** How many usage events are behind it; null while charging cannot be asked. */
  eventCount: Maybe<Scalars['Int']['output']>;
  /** The usage behind it in the order in which it was charged, 100 events at most. */
  events: Array<BilledUsage>;
};


/** A line with its operations carried out again. */
export type BillLineExplanationTextArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** A price behind a line, or a one-time charge. */
export type BillLineReference = {
  /** What it is. */
  kind: BillLineReferenceKind;
  /** The product that is charged; null for a one-time charge. */
  productId: Maybe<Scalars['ID']['output']>;
  /** The price: `monthly-fee`, `voice-out`; null for a one-time charge. */
  priceCode: Maybe<Scalars['String']['output']>;
  /** Offer whose price it is … */
  offeringCode: Maybe<Scalars['String']['output']>;
  /** … and its version. */
  offeringVersion: Maybe<Scalars['Int']['output']>;
  /** The one-time charge. */
  chargeId: Maybe<Scalars['ID']['output']>;
  /** The line that is credited. */
  lineId: Maybe<Scalars['ID']['output']>;
  /** The relation by which a sponsor pays. */
  relationId: Maybe<Scalars['ID']['output']>;
  /** The other side of it: the sponsor of what leaves a bill, the member of what comes on one. */
  otherAccountId: Maybe<Scalars['ID']['output']>;
};

/** What a line may be made from. */
export type BillLineReferenceKind =
  /** A recurring fee. */
  | 'FEE'
  /** What usage came to. */
  | 'USAGE'
  /** What was missing to an agreed minimum. */
  | 'MINIMUM'
  /** A one-time charge. */
  | 'ONCE'
  /** What a sponsor pays of another account's charge. */
  | 'TRANSFER'
  /** A line that a credit note takes back. */
  | 'CREDIT';

/** One usage event behind a line. */
export type BilledUsage = {
  /** Its id: `explainUsage` tells how it came to its amount. */
  usageId: Scalars['ID']['output'];
  /** Id of the record in its source. */
  recordId: Scalars['String']['output'];
  /** When it started. */
  usedAt: Scalars['DateTime']['output'];
  /** How much was used, in `unit`. */
  quantity: Scalars['Decimal']['output'];
  /** What it is counted in. */
  unit: Scalars['String']['output'];
  /** What was not covered by allowances. */
  unitsCharged: Scalars['Decimal']['output'];
  /** What it cost, exact. */
  amount: Scalars['Decimal']['output'];
  /** In words. */
  text: Scalars['String']['output'];
};

/** The making of one period's bills of one cycle. */
export type BillRun = {
  /** The run's id, a UUID. */
  id: Scalars['ID']['output'];
  /** Bill period: `2026-06`. */
  period: Scalars['String']['output'];
  /** Day of the month on which the cycle's periods start. */
  billDay: Scalars['Int']['output'];
  /** Zone of the cycle's days. */
  zone: Scalars['String']['output'];
  /** Where it stands. */
  state: BillRunState;
  /** Whether the schedule or a person started it. */
  trigger: BillRunTrigger;
  /** Whether it was started before its inputs were closed. */
  forced: Scalars['Boolean']['output'];
  /** Why it was forced, rejected or cancelled. */
  reason: Maybe<Scalars['String']['output']>;
  /** Who asked for it. */
  requestedBy: Scalars['String']['output'];
  /** Who paused it; null: it goes on. */
  pausedBy: Maybe<Scalars['String']['output']>;
  /** The account that was billed by itself outside its cycle; null for runs of a cycle. */
  accountId: Maybe<Scalars['ID']['output']>;
  /** How far its present stage is. */
  progress: BillRunProgress;
  /** Inputs that it waits for, as last seen. */
  waitingFor: Array<BillRunInput>;
  /** How many accounts it has looked at. */
  accounts: Scalars['Int']['output'];
  /** How many bills it has made. 0 when everything had been billed before. */
  added: Scalars['Int']['output'];
  /** How many accounts it could not bill. */
  quarantined: Scalars['Int']['output'];
  /** Accounts that it could not bill in the order of their ids, 100 at most. */
  quarantine: Array<QuarantinedAccount>;
  /** What it did: counts and money; drafts count until they are rejected. */
  report: BillRunReport;
  /** Control totals between drafting and confirmation; left must equal right. */
  checks: Array<BillRunCheck>;
  /** When it was made, business time. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was over, business time. */
  completedAt: Maybe<Scalars['DateTime']['output']>;
};


/** The making of one period's bills of one cycle. */
export type BillRunQuarantineArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
};

/** Stages of a bill run. */
export type BillRunState =
  /** For its inputs. */
  | 'WAITING'
  /** Accounts are billed, batch by batch. */
  | 'DRAFTING'
  /** Control totals are compared. */
  | 'CHECKING'
  /** A check failed or the run was forced: a person confirms or rejects. */
  | 'AWAITING_CONFIRMATION'
  /** Bills get their numbers. */
  | 'NUMBERING'
  /** Bills become visible and are posted. */
  | 'PUBLISHING'
  /** Done. */
  | 'COMPLETED'
  /** Its drafts are being voided. */
  | 'REJECTING'
  /** Its drafts are void. */
  | 'REJECTED';

/** What started a run. */
export type BillRunTrigger =
  /** The end of the period. */
  | 'SCHEDULED'
  /** A person. */
  | 'REQUESTED'
  /** A person, for one account. */
  | 'NOW';

/** What a run did. Statements of prepaid accounts are only counted. */
export type BillRunReport = {
  /** Bills with something to pay, or nothing. */
  bills: Scalars['Int']['output'];
  /** Bills with a negative total. */
  creditNotes: Scalars['Int']['output'];
  /** Statements of prepaid accounts. */
  statements: Scalars['Int']['output'];
  /** Accounts that were looked at and got no bill: nothing was to be written. */
  unchanged: Scalars['Int']['output'];
  /** Σ totals of bills and credit notes. */
  total: Scalars['Decimal']['output'];
  /** By offer; one-time charges have no name. */
  byProduct: Array<BillRunReportRow>;
  /** By charge class. */
  byChargeClass: Array<BillRunReportRow>;
  /** By tax rate in percent. */
  byTaxRate: Array<BillRunReportRow>;
  /** By service period: the run's own, and differences of earlier ones. */
  byServicePeriod: Array<BillRunReportRow>;
  /** Control totals whose sides differ. */
  differences: Array<BillRunCheck>;
};

/** Lines of a run's bills that have something in common. */
export type BillRunReportRow = {
  /** What they have in common. */
  name: Scalars['String']['output'];
  /** How many they are. */
  lines: Scalars['Int']['output'];
  /** What was taken off. */
  discount: Scalars['Decimal']['output'];
  /** To pay, tax included. */
  net: Scalars['Decimal']['output'];
  /** Tax in it. */
  tax: Scalars['Decimal']['output'];
};

/** How far the present stage of a run is. */
export type BillRunProgress = {
  /** Accounts looked at while it drafts, bills handled while it numbers and publishes. */
  done: Scalars['Int']['output'];
  /** Of how many. */
  total: Scalars['Int']['output'];
  /** Seconds that the stage will still take at its speed so far; null while nothing can be said. */
  secondsLeft: Maybe<Scalars['Int']['output']>;
};

/** Something that a run waits for. */
export type BillRunInput = {
  /** What: `usage source mediation`, `business clock`, `facts from ordering`. */
  input: Scalars['String']['output'];
  /** What it must have passed. */
  needs: Scalars['DateTime']['output'];
  /** How far it is; null: nothing known. */
  has: Maybe<Scalars['DateTime']['output']>;
};

/** An account that a run could not bill. */
export type QuarantinedAccount = {
  /** The account. */
  account: Account;
  /** Stable code of the reason. */
  code: Scalars['String']['output'];
  /** The reason in words. */
  reason: Scalars['String']['output'];
};

/** A control total of a run. */
export type BillRunCheck = {
  /** What is compared. */
  name: Scalars['String']['output'];
  /** One side. */
  left: Scalars['String']['output'];
  /** The other side. */
  right: Scalars['String']['output'];
};

/** A charge that comes once. */
export type OneTimeCharge = {
  /** The charge's id, a UUID. */
  chargeId: Scalars['ID']['output'];
};

/** What bills are issued to, as billing knows it. */
export type Account = {
  /** The account's id, a UUID. */
  accountId: Scalars['ID']['output'];
  /** Published bills, newest first. */
  bills: BillConnection;
};


/** What bills are issued to, as billing knows it. */
export type AccountBillsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Somebody who buys, as billing knows them. */
export type Customer = {
  /** The customer's id, a UUID. */
  customerId: Scalars['ID']['output'];
  /** Published bills over all accounts, newest first. */
  bills: BillConnection;
};


/** Somebody who buys, as billing knows them. */
export type CustomerBillsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of bills. */
export type BillConnection = {
  /** The bills of the page with their cursors. */
  edges: Array<BillEdge>;
  /** The bills of the page. */
  nodes: Array<Bill>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A bill on a page. */
export type BillEdge = {
  /** Give it as `after` to continue behind this bill. */
  cursor: Scalars['String']['output'];
  /** The bill. */
  node: Bill;
};

/** A page of bill runs. */
export type BillRunConnection = {
  /** The runs of the page with their cursors. */
  edges: Array<BillRunEdge>;
  /** The runs of the page. */
  nodes: Array<BillRun>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A bill run on a page. */
export type BillRunEdge = {
  /** Give it as `after` to continue behind this run. */
  cursor: Scalars['String']['output'];
  /** The run. */
  node: BillRun;
};

/** Where a page ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};

/** Which period of which cycle is billed. */
export type StartBillRunInput = {
  /** Bill period: `2026-06`. */
  period: Scalars['String']['input'];
  /** Day of the month on which the cycle's periods start, 1 to 31. */
  billDay?: InputMaybe<Scalars['Int']['input']>;
  /** Zone of the cycle's days, an IANA name. */
  zone?: InputMaybe<Scalars['String']['input']>;
  /** Start although inputs are not closed; a person must then confirm the run. */
  force?: InputMaybe<Scalars['Boolean']['input']>;
  /** Why it is forced; recorded with the run. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** A charge that comes once. */
export type ChargeOnceInput = {
  /** The account that pays. */
  accountId: Scalars['ID']['input'];
  /** What kind of charge it is: `card replacement`. */
  chargeClass: Scalars['String']['input'];
  /** What people read on the bill. */
  label: Scalars['String']['input'];
  /** How much, tax included, with at most two decimals; negative for a credit. */
  amount: Scalars['Decimal']['input'];
  /** Class in the tax policy: `value-added`. */
  taxClass: Scalars['String']['input'];
  /** Day of the service; the tax rate is looked up by it. */
  serviceDate: Scalars['Date']['input'];
};

/** A bill outside the cycle. */
export type BillNowInput = {
  /** Whose bill. */
  accountId: Scalars['ID']['input'];
  /** What is on it. */
  scope?: InputMaybe<BillNowScope>;
};

/** What a bill outside the cycle has on it. */
export type BillNowScope =
  /** The open period through today, late differences of earlier periods, and charges that come once. */
  | 'SO_FAR'
  /** Only charges that come once, of the account alone. */
  | 'ONE_TIME';

/** Reports of what was billed. */
export type BillReportName =
  /** By offer, charge class, tax class and rate; credit notes are taken off. */
  | 'REVENUE'
  /** By the region of the account whose charge it is, and charge class. */
  | 'REVENUE_BY_REGION'
  /** By the channel through which the product was sold, and offer. */
  | 'REVENUE_BY_CHANNEL'
  /** Net, tax and gross by rate. */
  | 'TAX'
  /** Billed for periods that begin in months after the last day. */
  | 'FEES_IN_ADVANCE';

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
