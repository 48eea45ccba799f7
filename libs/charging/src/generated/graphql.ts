// Made by `npm run generate` from ../charging.graphql: do not edit.

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
  /** An exact decimal number as text: `4.110703`. Amounts are yuan (CNY), with up to six decimals. */
  Decimal: { input: string; output: string; }
};

export type Query = {
  /** A transfer of money by its id. */
  moneyTransfer: MoneyTransfer;
  /** An account's rated usage in a bill period, in the order of use. */
  usage: RatedUsageConnection;
  /** Why one rated usage came to its amount: the same function is run again with the trace on. */
  explainUsage: UsageExplanation;
  /** What an account's usage came to in a bill period, by bill line and price; what billing is told. */
  usageTotals: Array<UsageTotal>;
  /** Offline records of usage that is charged online, against its sessions, by product and kind; nothing is rated again. */
  usageReconciliation: Array<UsageReconciliation>;
  /** Delivered usage files, newest first. */
  usageFiles: UsageFileConnection;
  /** A usage file by id; null when there is none. */
  usageFile: Maybe<UsageFile>;
  /** Every usage source that bill runs wait for, with its watermark. */
  usageSources: Array<UsageSource>;
  /** Records that were set aside, oldest first. */
  suspendedUsage: SuspendedUsageConnection;
  /** A re-rating by id; null when there is none. */
  rerating: Maybe<Rerating>;
  /** Re-ratings, newest first. */
  reratings: ReratingConnection;
  /** A trial of draft documents by id; null when there is none. */
  whatIf: Maybe<WhatIf>;
  /** Open online sessions of an account that have nothing left: what they held is gone, and none of their rating groups can get more. The oldest 2,000 open sessions are looked at. */
  sessionsToCut: Array<SessionToCut>;
};


export type QueryMoneyTransferArgs = {
  transferId: Scalars['ID']['input'];
};


export type QueryUsageArgs = {
  accountId: Scalars['ID']['input'];
  period: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryExplainUsageArgs = {
  accountId?: InputMaybe<Scalars['ID']['input']>;
  usageId: Scalars['ID']['input'];
};


export type QueryUsageTotalsArgs = {
  accountId: Scalars['ID']['input'];
  period: Scalars['String']['input'];
};


export type QueryUsageReconciliationArgs = {
  accountId: Scalars['ID']['input'];
  period: Scalars['String']['input'];
};


export type QueryUsageFilesArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUsageFileArgs = {
  fileId: Scalars['ID']['input'];
};


export type QuerySuspendedUsageArgs = {
  source?: InputMaybe<Scalars['String']['input']>;
  reason?: InputMaybe<SuspenseReason>;
  state?: InputMaybe<SuspenseState>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReratingArgs = {
  reratingId: Scalars['ID']['input'];
};


export type QueryReratingsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryWhatIfArgs = {
  whatIfId: Scalars['ID']['input'];
};


export type QuerySessionsToCutArgs = {
  accountId: Scalars['ID']['input'];
};

export type Mutation = {
  /** Gives units once, beside what offers include: goodwill, a voucher. */
  grantUnits: UnitsGranted;
  /** Lets a product's card group use the base allowances of another card group of its account, from the next bill period on. */
  shareAllowances: Sharing;
  /** Sets what a product may spend on usage in a bill period or a day, or takes the cap away; from now on. Null: it has none. */
  setSpendCap: Maybe<SpendCap>;
  /** Lets a prepaid account pay what another one of its balance group uses beyond its own money, from the start of the next bill period on. */
  shareMoney: MoneySharing;
  /** Ends it with the present bill period; one that has not begun never begins. */
  endMoneySharing: MoneySharing;
  /** Ends a sharing with the present bill period; one that has not begun never begins. */
  endSharing: Sharing;
  /** Moves an account's own money to another prepaid account, all or nothing. */
  transferMoney: MoneyTransfer;
  /** Adds to an account's own money, or takes from it, on somebody's word: never from bonuses, and below zero as far as its credit limit lets it. For billing. */
  adjustMoney: MoneyAdjustment;
  /** Sets how far a prepaid account may go below zero. For billing. */
  setCreditLimit: CreditLimit;
  /** Says that a source has delivered everything that started before an instant. It takes effect once its files are collected. */
  closeUsageSource: UsageSource;
  /** Changes cells of suspended records; `recycleUsage` then tries them again. */
  correctUsage: SuspendedUsage;
  /** Tries suspended records again. What still cannot be rated stays, with its reason as it is now. */
  recycleUsage: Array<SuspendedUsage>;
  /** Gives suspended records up: they will never be rated. The command's reason is kept with it. */
  discardUsage: Array<SuspendedUsage>;
  /** Computes what rating again would change, as a job: look at `rerating` for its progress. Nothing but the report is written. */
  previewRerating: Rerating;
  /** Makes the preview of a re-rating that is not applied anew, from what is in force and rated now. */
  previewReratingAgain: Rerating;
  /** Applies a previewed re-rating, as a job. What was rated meanwhile is previewed again and waits for another decision. Applying what is applied changes nothing. */
  applyRerating: Rerating;
  /** Gives a re-rating up that is not applied; its report stays. */
  cancelRerating: Rerating;
  /** Tries draft documents over a period's real usage, as a job: what it would have come to, by offer and by account. Nothing of what was rated or billed is written. */
  startWhatIf: WhatIf;
  /** Stops a running trial. */
  cancelWhatIf: WhatIf;
};


export type MutationGrantUnitsArgs = {
  input: GrantUnitsInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationShareAllowancesArgs = {
  input: ShareAllowancesInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationSetSpendCapArgs = {
  input: SetSpendCapInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationShareMoneyArgs = {
  input: ShareMoneyInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationEndMoneySharingArgs = {
  input: EndMoneySharingInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationEndSharingArgs = {
  input: EndSharingInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationTransferMoneyArgs = {
  input: TransferMoneyInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationAdjustMoneyArgs = {
  input: AdjustMoneyInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationSetCreditLimitArgs = {
  input: SetCreditLimitInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCloseUsageSourceArgs = {
  source: Scalars['String']['input'];
  through: Scalars['DateTime']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCorrectUsageArgs = {
  input: CorrectUsageInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationRecycleUsageArgs = {
  suspenseIds: Array<Scalars['ID']['input']>;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationDiscardUsageArgs = {
  suspenseIds: Array<Scalars['ID']['input']>;
  reason: Scalars['String']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationPreviewReratingArgs = {
  input: ReratingInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationPreviewReratingAgainArgs = {
  reratingId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationApplyReratingArgs = {
  reratingId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCancelReratingArgs = {
  reratingId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationStartWhatIfArgs = {
  input: WhatIfInput;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationCancelWhatIfArgs = {
  whatIfId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
};

/** An account, as charging knows it. */
export type Account = {
  /** The account's id, a UUID. */
  accountId: Scalars['ID']['output'];
  /** Money that it may spend; null for an account that charging does not know. */
  money: Maybe<Purse>;
  /** Movements of its money, newest first. */
  moneyEntries: MoneyEntryConnection;
  /** Recurring fees of a bill period, of a prepaid account: debited as they fall due. */
  prepaidFees: Array<PrepaidFee>;
  /** What it was told of its balances, newest first: allowances used, money low, spending. */
  balanceNotices: BalanceNoticeConnection;
  /** Which of its card groups use allowances of others, also what has ended. */
  sharings: Array<Sharing>;
  /** Accounts that pay for this one, or for which it pays, also ended. */
  moneySharings: Array<MoneySharing>;
  /** What its products may use in a bill period. */
  buckets: Array<Bucket>;
  /** Its rated usage in a bill period, in the order of use. */
  usage: RatedUsageConnection;
};


/** An account, as charging knows it. */
export type AccountMoneyEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** An account, as charging knows it. */
export type AccountPrepaidFeesArgs = {
  period: Scalars['String']['input'];
};


/** An account, as charging knows it. */
export type AccountBalanceNoticesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** An account, as charging knows it. */
export type AccountBucketsArgs = {
  period?: InputMaybe<Scalars['String']['input']>;
};


/** An account, as charging knows it. */
export type AccountUsageArgs = {
  period: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A product, as charging knows it. */
export type Product = {
  /** The product's id, a UUID. */
  productId: Scalars['ID']['output'];
  /** What it may use in a bill period: its own buckets and those that it shares with its card group. */
  buckets: Array<Bucket>;
  /** What it may spend on usage; null: nothing was said of it, or that it has no cap. */
  spendCap: Maybe<SpendCap>;
};


/** A product, as charging knows it. */
export type ProductBucketsArgs = {
  period?: InputMaybe<Scalars['String']['input']>;
};

/** What a product may spend on usage. Amounts in yuan. */
export type SpendCap = {
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** For how long it is counted. */
  per: SpendCapSpan;
  /** What happens when it has been spent. */
  atLimit: SpendCapAction;
  /** The present bill period or local day: `2026-07`, `2026-07-31`. */
  span: Scalars['String']['output'];
  /** What it has spent in it. */
  spent: Scalars['Decimal']['output'];
  /** Whether all of it, or more, has been spent. */
  isReached: Scalars['Boolean']['output'];
};

/** How long spending is counted for a cap. What a session uses counts where the session began. */
export type SpendCapSpan =
  /** A bill period of the account. */
  | 'PERIOD'
  /** A local day of the account. */
  | 'DAY';

/** What happens at a spend cap. The customer is told in both cases. */
export type SpendCapAction =
  /** Nothing else. */
  | 'NOTIFY'
  /** Online charging grants nothing more that would cost; what is used all the same, and usage files, are charged. */
  | 'BLOCK';

/** What a product may spend from now on. */
export type SetSpendCapInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** Yuan; null: it has no cap, not even the policy's. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** For how long it is counted. */
  per: SpendCapSpan;
  /** What happens when it has been spent. */
  atLimit: SpendCapAction;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A quantity that may be used in a bill period without being charged. */
export type Bucket = {
  /** Stable within its card group and period: `convergent-199/data`, `rolled/convergent-199/data`. */
  code: Scalars['String']['output'];
  /** What it is. */
  label: LocalizedText;
  /** The card group that it belongs to: the main card's product id, or the product's own. */
  cardGroupId: Scalars['ID']['output'];
  /** The one product that may use it; null when the whole card group may. */
  productId: Maybe<Scalars['ID']['output']>;
  /** Bill period: `2026-06`. */
  period: Scalars['String']['output'];
  /** Whether it is this period's own or was rolled over. */
  origin: BucketOrigin;
  /** Kinds of usage that it covers. */
  usageClasses: Array<UsageClass>;
  /** What it counts. */
  unit: UsageUnit;
  /** How much was granted. Whole units, as decimal text. */
  granted: Scalars['Decimal']['output'];
  /** How much was used. */
  used: Scalars['Decimal']['output'];
  /** How much open online sessions hold; part of `remaining`. */
  reserved: Scalars['Decimal']['output'];
  /** How much is left. */
  remaining: Scalars['Decimal']['output'];
  /** Usage that starts from here … */
  validFrom: Scalars['DateTime']['output'];
  /** … and before this may use it. */
  validTo: Scalars['DateTime']['output'];
  /** Whether what is left goes over into the next period. */
  rollsOver: Scalars['Boolean']['output'];
};

/** Where a bucket comes from. */
export type BucketOrigin =
  /** This period's own allowance. */
  | 'BASE'
  /** What was left of the period before. */
  | 'ROLLED'
  /** What was left of a pack that outlives the period before. */
  | 'CARRIED';

/** A kind of usage. */
export type UsageClass =
  /** Calls, measured in seconds. */
  | 'VOICE'
  /** Messages. */
  | 'SMS'
  /** Multimedia messages. */
  | 'MMS'
  /** Data, measured in KB. */
  | 'DATA'
  /** What somebody else has priced. */
  | 'CONTENT';

/** What prices and allowances count in. */
export type UsageUnit =
  /** Started minutes. */
  | 'MINUTE'
  /** Seconds. */
  | 'SECOND'
  /** Messages. */
  | 'MESSAGE'
  /** 1024 octets. */
  | 'KB'
  /** Items. */
  | 'ITEM';

/** A usage event and what it came to. */
export type RatedUsage = {
  /** The usage's id, a UUID. */
  usageId: Scalars['ID']['output'];
  /** Where it came from: a usage source, or `nchf` for an online session. */
  source: Scalars['String']['output'];
  /** Its id in the source. */
  recordId: Scalars['String']['output'];
  /** The product that was used. */
  productId: Scalars['ID']['output'];
  /** The product's card: `main`, `sub1`. */
  card: Scalars['String']['output'];
  /** Bill period to which it belongs: that of its start. */
  period: Scalars['String']['output'];
  /** What was used. */
  usageClass: UsageClass;
  /** When it started. */
  usedAt: Scalars['DateTime']['output'];
  /** The other side of a call or message. */
  peer: Maybe<Scalars['String']['output']>;
  /** Seconds, messages or KB, as measured. */
  quantity: Scalars['Decimal']['output'];
  /** What the price counts in. */
  unit: UsageUnit;
  /** Counted units: started minutes, messages, KB. */
  unitsTotal: Scalars['Decimal']['output'];
  /** Counted units that no allowance covered. */
  unitsCharged: Scalars['Decimal']['output'];
  /** What was taken from which allowance. */
  takes: Array<BucketTake>;
  /** Price, stable over versions: `voice-out`. */
  chargeCode: Scalars['String']['output'];
  /** What the bill calls it. */
  chargeClass: Scalars['String']['output'];
  /** Card on whose bill line it appears. */
  bookedCard: Scalars['String']['output'];
  /** Exact, up to six decimals. */
  amount: Scalars['Decimal']['output'];
  /** Nothing was charged because the cap of the price had been reached. */
  zeroedByCap: Scalars['Boolean']['output'];
  /** It arrived after its period had been closed. */
  late: Scalars['Boolean']['output'];
  /** How often its result changed, from 1. */
  revision: Scalars['Int']['output'];
};

/** Units taken from a bucket. */
export type BucketTake = {
  /** The bucket's code. */
  bucket: Scalars['String']['output'];
  /** How many. */
  units: Scalars['Decimal']['output'];
};

/** Why a rated usage came to its amount. */
export type UsageExplanation = {
  /** The usage. */
  usage: RatedUsage;
  /** The account whose usage it is. */
  accountId: Scalars['ID']['output'];
  /** Which document prices it, and why that one. */
  price: PriceOrigin;
  /** Its parts by zone, band and step, where the price has rates; each adds to a counter of its own. */
  parts: Array<UsagePart>;
  /** The allowances that it took from, in that order. */
  sources: Array<UsageSourceBucket>;
  /** In one sentence. */
  text: Scalars['String']['output'];
  /** The operations in order; the last one's result is the amount. */
  steps: Array<UsageExplanationStep>;
  /** What comes out when all usage of the card group and period up to this one is rated again. */
  recomputed: Scalars['Decimal']['output'];
  /** Whether that is the amount. False only while the card group waits to be rated again. */
  matches: Scalars['Boolean']['output'];
  /** Whether it was rated by another version than the one that holds now: a re-rating would apply that. */
  awaitsRerating: Scalars['Boolean']['output'];
};


/** Why a rated usage came to its amount. */
export type UsageExplanationTextArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** Which document a usage is priced by. */
export type PriceOrigin = {
  /** The offer under which the pricing product was sold … */
  soldOfferingCode: Scalars['String']['output'];
  /** … and its version. */
  soldOfferingVersion: Scalars['Int']['output'];
  /** The offer whose price holds … */
  offeringCode: Scalars['String']['output'];
  /** … and its version: the one that was sold, or the one that mends it. */
  offeringVersion: Scalars['Int']['output'];
  /** Price, stable over versions: `voice-out`. */
  chargeCode: Scalars['String']['output'];
  /** What it is. */
  label: Scalars['String']['output'];
  /** The card whose offer prices it: its own, or the main card. */
  pricedByCard: Scalars['String']['output'];
  /** The counter that it adds to. */
  counterKey: Scalars['String']['output'];
  /** The zone plan and calendar that its rates look things up in. */
  policies: Array<PricePolicy>;
  /** Why this document. */
  reason: Scalars['String']['output'];
};


/** Which document a usage is priced by. */
export type PriceOriginLabelArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};


/** Which document a usage is priced by. */
export type PriceOriginReasonArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** A policy that a price looks things up in. */
export type PricePolicy = {
  /** `zone-plan` or `calendar`. */
  kind: Scalars['String']['output'];
  /** Its code. */
  code: Scalars['String']['output'];
  /** The version in force at the start of the usage. */
  version: Scalars['Int']['output'];
};

/** A part of a usage. */
export type UsagePart = {
  /** Zone of the other side. */
  zone: Scalars['String']['output'];
  /** Time band; empty: none. */
  band: Scalars['String']['output'];
  /** Step of the rate. */
  step: Scalars['String']['output'];
  /** Units that begin in it. */
  unitsTotal: Scalars['Decimal']['output'];
  /** Of these, charged. */
  unitsCharged: Scalars['Decimal']['output'];
  /** Of these, from allowances. */
  takes: Array<BucketTake>;
  /** What it cost. */
  amount: Scalars['Decimal']['output'];
};

/** An allowance that a usage took from. */
export type UsageSourceBucket = {
  /** The bucket's code. */
  bucket: Scalars['String']['output'];
  /** What it is. */
  label: Scalars['String']['output'];
  /** How many units were taken. */
  units: Scalars['Decimal']['output'];
  /** Where it comes from. */
  origin: BucketOrigin;
  /** Whether it belongs to the plan or was added. */
  rank: BucketRank;
  /** Card of the product that brought it; null: the card group's. */
  ownerCard: Maybe<Scalars['String']['output']>;
  /** How many units each other member may take of it; null: no limit. */
  memberCap: Maybe<Scalars['Decimal']['output']>;
  /** The account that shares it with the one whose usage it is; null: it is that one's own. */
  sharedBy: Maybe<Scalars['ID']['output']>;
  /** How many units the card group of the usage may take of it by the sharing; null: no limit. */
  sharingCap: Maybe<Scalars['Decimal']['output']>;
  /** Offer that grants it … */
  offeringCode: Scalars['String']['output'];
  /** … and its version. */
  offeringVersion: Scalars['Int']['output'];
  /** Usage that starts before this may take from it. */
  validTo: Maybe<Scalars['DateTime']['output']>;
};


/** An allowance that a usage took from. */
export type UsageSourceBucketLabelArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** In which order allowances are used. */
export type BucketRank =
  /** The plan's own, used first. */
  | 'BASE'
  /** An add-on pack. */
  | 'ADD_ON';

/** One operation on decimals. */
export type UsageExplanationStep = {
  /** What is done: `subtract-units`, `tier`. */
  op: Scalars['String']['output'];
  /** The operands; `#2` is the result of the second step. */
  inputs: Array<UsageExplanationInput>;
  /** What comes out. */
  result: Scalars['Decimal']['output'];
  /** In words. */
  text: Scalars['String']['output'];
};


/** One operation on decimals. */
export type UsageExplanationStepTextArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** An operand of an operation. */
export type UsageExplanationInput = {
  /** Its name: `units`, `price`. */
  name: Scalars['String']['output'];
  /** A decimal, or a reference to an earlier step. */
  value: Scalars['String']['output'];
};

/** What one price came to on one bill line of an account and period. */
export type UsageTotal = {
  /** Product on whose bill line it appears. */
  productId: Scalars['ID']['output'];
  /** That product's card. */
  card: Scalars['String']['output'];
  /** Price, stable over versions: `voice-out`. */
  chargeCode: Scalars['String']['output'];
  /** What the bill calls it. */
  chargeClass: Scalars['String']['output'];
  /** How it is taxed. */
  taxClass: Scalars['String']['output'];
  /** Offering whose price it is. */
  offeringCode: Scalars['String']['output'];
  /** That offering's version. */
  offeringVersion: Scalars['Int']['output'];
  /** What is counted. */
  unit: UsageUnit;
  /** Exact, up to six decimals; rounded only when a bill line is formed. */
  amount: Scalars['Decimal']['output'];
  /** How many events. */
  eventCount: Scalars['Int']['output'];
  /** Counted units. */
  unitsTotal: Scalars['Decimal']['output'];
  /** Of these, covered by allowances. */
  unitsFromAllowance: Scalars['Decimal']['output'];
  /** Of these, charged. */
  unitsCharged: Scalars['Decimal']['output'];
};

/** A delivery of a usage source. `read` is the sum of the counters behind it. */
export type UsageFile = {
  /** The file's id, a UUID. */
  fileId: Scalars['ID']['output'];
  /** The source. */
  source: Scalars['String']['output'];
  /** Its name, as delivered. */
  fileName: Scalars['String']['output'];
  /** How far it is. */
  state: UsageFileState;
  /** Why it failed as a whole. */
  reason: Maybe<Scalars['String']['output']>;
  /** SHA-256 of its bytes. */
  contentHash: Scalars['String']['output'];
  /** How many bytes it has. */
  sizeBytes: Scalars['Decimal']['output'];
  /** Records read so far. */
  read: Scalars['Int']['output'];
  /** Records that were rated. */
  rated: Scalars['Int']['output'];
  /** Records that had come before with the same content. */
  duplicates: Scalars['Int']['output'];
  /** Records that were set aside. */
  suspended: Scalars['Int']['output'];
  /** Records of a usage class that is charged online. */
  reconciled: Scalars['Int']['output'];
  /** Parts of calls of which other parts are still to come. */
  waiting: Scalars['Int']['output'];
  /** Parts that were added to the first part of their call. */
  combined: Scalars['Int']['output'];
  /** Bytes that are worked through. */
  bytesDone: Scalars['Decimal']['output'];
  /** How quickly it is or was worked through; null before its first batch. */
  recordsPerSecond: Maybe<Scalars['Int']['output']>;
  /** How long the rest will take at that rate; null where it is not being worked through. */
  secondsLeft: Maybe<Scalars['Int']['output']>;
  /** When it arrived. */
  receivedAt: Scalars['DateTime']['output'];
  /** When it was done. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
};

/** How far a usage file is. */
export type UsageFileState =
  /** Stored, not read yet. */
  | 'RECEIVED'
  /** Being read; everything up to its checkpoint is rated. */
  | 'COLLECTING'
  /** Read to its end. */
  | 'COLLECTED'
  /** It cannot be read at all. */
  | 'FAILED';

/** What the network recorded of a product's usage against what its online sessions reported. */
export type UsageReconciliation = {
  /** The product. */
  productId: Scalars['ID']['output'];
  /** What was used. */
  usageClass: UsageClass;
  /** Offline records that began in the period. */
  records: Scalars['Int']['output'];
  /** What they add up to: seconds, KB, messages or items. */
  recordQuantity: Scalars['Decimal']['output'];
  /** Online sessions that began in the period. */
  sessions: Scalars['Int']['output'];
  /** What they reported, in the same unit. */
  sessionQuantity: Scalars['Decimal']['output'];
  /** Recorded less reported; 0 when they agree. */
  difference: Scalars['Decimal']['output'];
};

/** A usage source and its watermark. */
export type UsageSource = {
  /** The source: `mediation`. */
  source: Scalars['String']['output'];
  /** Everything that started before this has been delivered; null while nothing is closed. */
  through: Maybe<Scalars['DateTime']['output']>;
};

/** A record that was set aside. */
export type SuspendedUsage = {
  /** The record's id here, a UUID. */
  suspenseId: Scalars['ID']['output'];
  /** The source. */
  source: Scalars['String']['output'];
  /** The file that it came in. */
  fileId: Scalars['ID']['output'];
  /** Its line in the file, from 1. */
  lineNumber: Scalars['Int']['output'];
  /** Its id in the source; null where it could not be read. */
  recordId: Maybe<Scalars['String']['output']>;
  /** Why. */
  reason: SuspenseReason;
  /** Why, in words. */
  detail: Scalars['String']['output'];
  /** The line as delivered. */
  line: Scalars['String']['output'];
  /** Its cells, with corrections. */
  cells: Array<UsageCell>;
  /** What became of it. */
  state: SuspenseState;
  /** When it was set aside. */
  suspendedAt: Scalars['DateTime']['output'];
  /** When it was rated after all, or given up. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A cell of a usage line. */
export type UsageCell = {
  /** Name of the column. */
  column: Scalars['String']['output'];
  /** What it holds. */
  value: Scalars['String']['output'];
};

/** Why a record was set aside. */
export type SuspenseReason =
  /** The line cannot be read. */
  | 'MALFORMED'
  /** Its record id came before with other content. */
  | 'CONTENT_DIFFERS'
  /** Nobody held the number at that time. */
  | 'UNKNOWN_SUBSCRIBER'
  /** It starts after the business clock. */
  | 'IN_FUTURE'
  /** Its period was closed too long ago. */
  | 'TOO_LATE'
  /** The product's offer has no price for it. */
  | 'NO_PRICE'
  /** Other parts of its call did not come. */
  | 'PART_MISSING'
  /** Its call has this part already, or was complete without it. */
  | 'PART_CONFLICT';

/** What became of a record that was set aside. */
export type SuspenseState =
  /** It waits for somebody. */
  | 'OPEN'
  /** It was rated after all. */
  | 'RATED'
  /** It turned out to be a record that had come before. */
  | 'DUPLICATE'
  /** It turned out to be of a usage class that is charged online. */
  | 'RECONCILED'
  /** It is a part of a call that became one event. */
  | 'COMBINED'
  /** It was given up. */
  | 'DISCARDED';

/** What to change in a suspended record. */
export type CorrectUsageInput = {
  /** The record. */
  suspenseId: Scalars['ID']['input'];
  /** The cells to change, 50 at most. */
  cells: Array<UsageCellInput>;
};

/** A cell to change. */
export type UsageCellInput = {
  /** Name of a column of the mapping. */
  column: Scalars['String']['input'];
  /** What it shall hold. */
  value: Scalars['String']['input'];
};

/** A page of rated usage. */
export type RatedUsageConnection = {
  /** The usage with its cursors. */
  edges: Array<RatedUsageEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A rated usage on a page. */
export type RatedUsageEdge = {
  /** Give it as `after` to continue behind this usage. */
  cursor: Scalars['String']['output'];
  /** The usage. */
  node: RatedUsage;
};

/** A page of usage files. */
export type UsageFileConnection = {
  /** The files with their cursors. */
  edges: Array<UsageFileEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A usage file on a page. */
export type UsageFileEdge = {
  /** Give it as `after` to continue behind this file. */
  cursor: Scalars['String']['output'];
  /** The file. */
  node: UsageFile;
};

/** A page of suspended records. */
export type SuspendedUsageConnection = {
  /** The records with their cursors. */
  edges: Array<SuspendedUsageEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A suspended record on a page. */
export type SuspendedUsageEdge = {
  /** Give it as `after` to continue behind this record. */
  cursor: Scalars['String']['output'];
  /** The record. */
  node: SuspendedUsage;
};

/** Product text. */
export type LocalizedText = {
  /** English. */
  en: Scalars['String']['output'];
  /** Chinese. */
  zhCN: Scalars['String']['output'];
};

/** Where a page ends. */
export type PageInfo = {
  /** Whether there is a page after this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Give it as `after` for the next page; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
};

/** Money that an account may spend. */
export type Purse = {
  /** What may be spent now, credit included, less what open sessions hold: yuan and whole fen, rounded down. */
  free: Scalars['Decimal']['output'];
  /** The same, exact. */
  exactFree: Scalars['Decimal']['output'];
  /** What was used beyond all funds; it is taken from the next money paid in. */
  overrun: Scalars['Decimal']['output'];
  /** Its parts, in the order in which they are spent. */
  buckets: Array<MoneyBucket>;
};

/** A part of an account's money. */
export type MoneyBucket = {
  /** The bucket's id, a UUID; that of an account's own money is the account's. */
  bucketId: Scalars['ID']['output'];
  /** Whose money it was. */
  kind: MoneyKind;
  /** How much is there; of the account's own money it may be below zero as far as its credit limit. */
  remaining: Scalars['Decimal']['output'];
  /** How much of it open sessions hold. */
  reserved: Scalars['Decimal']['output'];
  /** What is there and not held. */
  free: Scalars['Decimal']['output'];
  /** How far below zero it may go. */
  creditLimit: Scalars['Decimal']['output'];
  /** When it ends; null: never. */
  validTo: Maybe<Scalars['DateTime']['output']>;
  /** Lower is spent first. */
  priority: Scalars['Int']['output'];
};

/** Whose money a bucket holds. */
export type MoneyKind =
  /** What the customer paid in. */
  | 'MAIN'
  /** What the operator gave. */
  | 'BONUS';

/** A movement of money. */
export type MoneyEntry = {
  /** The entry's id, a UUID. */
  entryId: Scalars['ID']['output'];
  /** The bucket that it moved. */
  bucketId: Scalars['ID']['output'];
  /** Why. */
  kind: MoneyEntryKind;
  /** How much: negative ones took away. */
  amount: Scalars['Decimal']['output'];
  /** The cause: a payment, a session, a file, a period, somebody's reason. */
  reference: Scalars['String']['output'];
  /** When, business time. */
  at: Scalars['DateTime']['output'];
  /** Tax class of what was consumed; null for what is no consumption. */
  taxClass: Maybe<Scalars['String']['output']>;
};

/** Why money moved. */
export type MoneyEntryKind =
  /** The customer paid in. */
  | 'TOP_UP'
  /** The operator gave it. */
  | 'GRANT'
  /** Usage. */
  | 'USE'
  /** A recurring fee. */
  | 'FEE'
  /** Its time had come. */
  | 'EXPIRE'
  /** From another account. */
  | 'TRANSFER_IN'
  /** To another account. */
  | 'TRANSFER_OUT'
  /** Given back. */
  | 'REFUND'
  /** Usage was rated again. */
  | 'RERATE'
  /** What a statement gave back of discounts, or took for a minimum. */
  | 'SETTLE'
  /** Used beyond all funds (positive), or paid afterwards (negative). */
  | 'OVERRUN'
  /** On somebody's word. */
  | 'ADJUST';

/** One page of movements. */
export type MoneyEntryConnection = {
  /** The movements on this page. */
  edges: Array<MoneyEntryEdge>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** A movement in a page. */
export type MoneyEntryEdge = {
  /** Give it as `after` to go on behind this movement. */
  cursor: Scalars['String']['output'];
  /** The movement. */
  node: MoneyEntry;
};

/** Money that goes from one account to another. */
export type MoneyTransfer = {
  /** The transfer's id, a UUID. */
  transferId: Scalars['ID']['output'];
  /** Who gives it. */
  from: Account;
  /** Who gets it. */
  to: Account;
  /** How much. */
  amount: Scalars['Decimal']['output'];
  /** How far it is. */
  state: MoneyTransferState;
  /** When it left the payer, business time. */
  takenAt: Scalars['DateTime']['output'];
  /** When the receiver got it; null before. */
  givenAt: Maybe<Scalars['DateTime']['output']>;
};

/** How far a transfer is. */
export type MoneyTransferState =
  /** It has left the payer; the receiver gets it in a moment. */
  | 'TAKEN'
  /** The receiver has it. */
  | 'GIVEN';

/** What became of an adjustment. */
export type MoneyAdjustment = {
  /** The account. */
  account: Account;
  /** How much was added, or taken where negative. */
  amount: Scalars['Decimal']['output'];
  /** What may be spent now. */
  free: Scalars['Decimal']['output'];
};

/** How far an account may go below zero. */
export type CreditLimit = {
  /** The account. */
  account: Account;
  /** Not less than what it has used of its credit already. */
  creditLimit: Scalars['Decimal']['output'];
};

/** Units to give. */
export type GrantUnitsInput = {
  /** Who gets it. */
  productId: Scalars['ID']['input'];
  /** Whether only this product may use it; otherwise its card group may. */
  isForProductOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is, in English … */
  labelEn: Scalars['String']['input'];
  /** … and in Chinese. */
  labelZhCN: Scalars['String']['input'];
  /** Kinds of usage that it covers. */
  usageClasses: Array<UsageClass>;
  /** What it counts. */
  unit: UsageUnit;
  /** Whole units, as decimal text. */
  quantity: Scalars['Decimal']['input'];
  /** Usage that starts from here may use it; not in the past. Without it: now. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until usage that starts here. Without it: the end of the bill period in which it begins. */
  validTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Its place among add-ons: lower first. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** Units that were given. */
export type UnitsGranted = {
  /** The grant's id, a UUID. */
  grantId: Scalars['ID']['output'];
  /** The code of its bucket. */
  bucket: Scalars['String']['output'];
  /** Usage that starts from here … */
  validFrom: Scalars['DateTime']['output'];
  /** … and before this may use it. */
  validTo: Scalars['DateTime']['output'];
};

/** That a card group uses the base allowances of another one of its account. */
export type Sharing = {
  /** The sharing's id, a UUID. */
  sharingId: Scalars['ID']['output'];
  /** The owner's account. */
  account: Account;
  /** The member's account: the same, or another one of its balance group. */
  memberAccount: Account;
  /** The card group whose allowances are shared: its main card's product id, or the product's own. */
  ownerCardGroupId: Scalars['ID']['output'];
  /** The card group that may use them. */
  memberCardGroupId: Scalars['ID']['output'];
  /** How much it may use in a period; what is not named has no cap. */
  caps: Array<SharingCap>;
  /** Start of the first bill period in which it shares. */
  effectiveFrom: Scalars['DateTime']['output'];
  /** Start of the first bill period in which it no longer does; null: no end is known. */
  effectiveTo: Maybe<Scalars['DateTime']['output']>;
  /** What the member has used of each shared bucket. */
  uses: Array<SharedUse>;
};


/** That a card group uses the base allowances of another one of its account. */
export type SharingUsesArgs = {
  period?: InputMaybe<Scalars['String']['input']>;
};

/** How much a member may use in a bill period. */
export type SharingCap = {
  /** Of this allowance, by its code in the offer. */
  allowanceCode: Maybe<Scalars['String']['output']>;
  /** Or of all allowances for this kind of usage together. */
  usageClass: Maybe<UsageClass>;
  /** Whole units of the allowance, as decimal text. */
  units: Scalars['Decimal']['output'];
};

/** What a member has used of a shared bucket. */
export type SharedUse = {
  /** The bucket's code. */
  bucket: Scalars['String']['output'];
  /** What it is. */
  label: LocalizedText;
  /** What it counts. */
  unit: UsageUnit;
  /** How much the member has used. */
  used: Scalars['Decimal']['output'];
  /** How much it may use, together with other buckets under the same cap; null: no cap. */
  cap: Maybe<Scalars['Decimal']['output']>;
  /** How much is left of the bucket, for all. */
  remaining: Scalars['Decimal']['output'];
};

/** A sharing to begin with the next bill period. */
export type ShareAllowancesInput = {
  /** A product of the card group whose allowances are shared. */
  ownerProductId: Scalars['ID']['input'];
  /** A product of the card group that may use them. */
  memberProductId: Scalars['ID']['input'];
  /** How much it may use in a period; what is not named has no cap. */
  caps?: InputMaybe<Array<SharingCapInput>>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A cap: of one allowance, or of a kind of usage. */
export type SharingCapInput = {
  /** The allowance's code in the offer. */
  allowanceCode?: InputMaybe<Scalars['String']['input']>;
  /** Or the kind of usage. */
  usageClass?: InputMaybe<UsageClass>;
  /** Whole units of the allowance; 0: not shared. */
  units: Scalars['Decimal']['input'];
};

/** That a prepaid account pays what another one uses: after that one's own money, out of its own, without bonuses and credit. */
export type MoneySharing = {
  /** The sharing's id, a UUID. */
  sharingId: Scalars['ID']['output'];
  /** The account that pays. */
  account: Account;
  /** The account for which it pays. */
  memberAccount: Account;
  /** Yuan that it pays in a bill period at most; null: no limit. */
  cap: Maybe<Scalars['Decimal']['output']>;
  /** First bill period in which it pays: `2026-07`. */
  fromPeriod: Scalars['String']['output'];
  /** First bill period in which it no longer does; null: no end is known. */
  toPeriod: Maybe<Scalars['String']['output']>;
  /** What it paid in a period. */
  use: MoneyShareUse;
};


/** That a prepaid account pays what another one uses: after that one's own money, out of its own, without bonuses and credit. */
export type MoneySharingUseArgs = {
  period?: InputMaybe<Scalars['String']['input']>;
};

/** What one account paid for another in a bill period. Amounts in yuan. */
export type MoneyShareUse = {
  /** Bill period: `2026-07`. */
  period: Scalars['String']['output'];
  /** What was paid, less what was given back. */
  used: Scalars['Decimal']['output'];
  /** What open sessions of the member hold. */
  reserved: Scalars['Decimal']['output'];
  /** What the cap leaves, reservations included; null: no cap. */
  remaining: Maybe<Scalars['Decimal']['output']>;
};

/** Accounts that are to share money from the next bill period on. */
export type ShareMoneyInput = {
  /** The account that pays. */
  ownerAccountId: Scalars['ID']['input'];
  /** The account for which it pays. */
  memberAccountId: Scalars['ID']['input'];
  /** Yuan in a bill period at most; null: no limit. */
  cap?: InputMaybe<Scalars['Decimal']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A sharing of money to end. */
export type EndMoneySharingInput = {
  /** One of its accounts. */
  accountId: Scalars['ID']['input'];
  /** The sharing. */
  sharingId: Scalars['ID']['input'];
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A sharing to end. */
export type EndSharingInput = {
  /** Its account. */
  accountId: Scalars['ID']['input'];
  /** The sharing. */
  sharingId: Scalars['ID']['input'];
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A transfer to make. */
export type TransferMoneyInput = {
  /** Who gives it. */
  fromAccountId: Scalars['ID']['input'];
  /** Who gets it. */
  toAccountId: Scalars['ID']['input'];
  /** How much, more than zero. */
  amount: Scalars['Decimal']['input'];
};

/** An adjustment to make. */
export type AdjustMoneyInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** How much to add; negative to take away. */
  amount: Scalars['Decimal']['input'];
  /** Why; it is kept with the entry. */
  reason: Scalars['String']['input'];
};

/** A credit limit to set. */
export type SetCreditLimitInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** Zero or more. */
  creditLimit: Scalars['Decimal']['input'];
};

/** What shall be rated again: an account, an offer, a span, or all that hold together. Whole periods of card groups are rated again, since one event moves the allowances and counters of those behind it. */
export type ReratingInput = {
  /** Only this account. */
  accountId?: InputMaybe<Scalars['ID']['input']>;
  /** Only accounts that have or had a product of this offer, also by its bundle. */
  offeringCode?: InputMaybe<Scalars['String']['input']>;
  /** Only of this version of the offer. */
  offeringVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Only periods with usage that starts from here … */
  usedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** … and before this. */
  usedTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only periods with usage of this class. */
  usageClass?: InputMaybe<UsageClass>;
  /** Only periods with usage of this source; `nchf` for online sessions. */
  source?: InputMaybe<Scalars['String']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
};

/** A request to rate again, with what it changes. */
export type Rerating = {
  /** The re-rating's id, a UUID. */
  reratingId: Scalars['ID']['output'];
  /** How far it is. */
  state: ReratingState;
  /** What shall be rated again. */
  scope: ReratingScope;
  /** Why. */
  reason: Scalars['String']['output'];
  /** Who asked for it. */
  requestedBy: Scalars['String']['output'];
  /** When, by the business clock. */
  requestedAt: Scalars['DateTime']['output'];
  /** When its preview or application ended. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** How far the running step is. */
  progress: ReratingProgress;
  /** Whether something was published or rated since the preview, so that applying would ask again or be refused. */
  outOfDate: Scalars['Boolean']['output'];
  /** What it changes. */
  summary: ReratingSummary;
  /** The same by price, the largest change first, 100 at most. */
  charges: Array<ReratingCharge>;
  /** The same by account, period, bill line and price. */
  deltas: ReratingDeltaConnection;
  /** Periods that cannot be rated under what is in force, and so stay as they are; 100 at most. */
  problems: Array<ReratingProblem>;
};


/** A request to rate again, with what it changes. */
export type ReratingDeltasArgs = {
  accountId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** How far a re-rating is. */
export type ReratingState =
  /** What it changes is being computed. */
  | 'PREVIEWING'
  /** It waits for a decision. */
  | 'PREVIEWED'
  /** It is being carried out. */
  | 'APPLYING'
  /** It was carried out. */
  | 'APPLIED'
  /** It was given up. */
  | 'CANCELLED';

/** What shall be rated again; null: not limited. */
export type ReratingScope = {
  /** Only this account. */
  accountId: Maybe<Scalars['ID']['output']>;
  /** Only accounts with this offer. */
  offeringCode: Maybe<Scalars['String']['output']>;
  /** Only this version of it. */
  offeringVersion: Maybe<Scalars['Int']['output']>;
  /** Only periods with usage that starts from here … */
  usedFrom: Maybe<Scalars['DateTime']['output']>;
  /** … and before this. */
  usedTo: Maybe<Scalars['DateTime']['output']>;
  /** Only periods with usage of this class. */
  usageClass: Maybe<UsageClass>;
  /** Only periods with usage of this source. */
  source: Maybe<Scalars['String']['output']>;
};

/** How far a step is, in card groups. */
export type ReratingProgress = {
  /** How many are done. */
  done: Scalars['Int']['output'];
  /** How many there are. */
  total: Scalars['Int']['output'];
  /** How long it will take at the speed so far; null before anything can be said. */
  secondsLeft: Maybe<Scalars['Int']['output']>;
};

/** What a re-rating changes. Periods are those of card groups. */
export type ReratingSummary = {
  /** Accounts with a change. */
  accounts: Scalars['Int']['output'];
  /** Periods that come out differently. */
  periods: Scalars['Int']['output'];
  /** Of these, carried out. */
  applied: Scalars['Int']['output'];
  /** Of these, previewed again while being applied, because something was rated meanwhile; they wait for another decision. */
  recomputed: Scalars['Int']['output'];
  /** Periods that cannot be rated and stay as they are. */
  problems: Scalars['Int']['output'];
  /** Events of the changed periods. */
  events: Scalars['Int']['output'];
  /** Of these, with another result, or the same by another version. */
  changed: Scalars['Int']['output'];
  /** What all events of the changed periods came to. */
  before: Scalars['Decimal']['output'];
  /** What they come to when rated again. */
  after: Scalars['Decimal']['output'];
  /** After less before. */
  delta: Scalars['Decimal']['output'];
};

/** What a re-rating changes of one price. */
export type ReratingCharge = {
  /** Price, stable over versions: `voice-out`. */
  chargeCode: Scalars['String']['output'];
  /** Events with another result, or the same by another version. */
  changed: Scalars['Int']['output'];
  /** What these came to. */
  before: Scalars['Decimal']['output'];
  /** What they come to. */
  after: Scalars['Decimal']['output'];
  /** After less before. */
  delta: Scalars['Decimal']['output'];
};

/** What a re-rating changes of one price on one bill line. */
export type ReratingDelta = {
  /** The account. */
  accountId: Scalars['ID']['output'];
  /** Bill period: `2026-06`. */
  period: Scalars['String']['output'];
  /** The product on whose bill line it is. */
  productId: Scalars['ID']['output'];
  /** That product's card. */
  card: Scalars['String']['output'];
  /** Price, stable over versions. */
  chargeCode: Scalars['String']['output'];
  /** Offer versions before: `mobile-5g-199@1`; empty when nothing was priced so. */
  pricedBefore: Scalars['String']['output'];
  /** Offer versions after. */
  pricedAfter: Scalars['String']['output'];
  /** Events with another result, or the same by another version. */
  changed: Scalars['Int']['output'];
  /** Their charged units before. */
  unitsBefore: Scalars['Decimal']['output'];
  /** Their charged units after. */
  unitsAfter: Scalars['Decimal']['output'];
  /** What they came to. */
  before: Scalars['Decimal']['output'];
  /** What they come to. */
  after: Scalars['Decimal']['output'];
  /** After less before. */
  delta: Scalars['Decimal']['output'];
};

/** A period that cannot be rated. */
export type ReratingProblem = {
  /** The account. */
  accountId: Scalars['ID']['output'];
  /** The card group. */
  cardGroupId: Scalars['ID']['output'];
  /** Bill period. */
  period: Scalars['String']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
};

/** A page of re-ratings. */
export type ReratingConnection = {
  /** The re-ratings with their cursors. */
  edges: Array<ReratingEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A re-rating on a page. */
export type ReratingEdge = {
  /** Give it as `after` to continue behind this one. */
  cursor: Scalars['String']['output'];
  /** The re-rating. */
  node: Rerating;
};

/** A page of changes. */
export type ReratingDeltaConnection = {
  /** The changes with their cursors. */
  edges: Array<ReratingDeltaEdge>;
  /** Whether more follow. */
  pageInfo: PageInfo;
};

/** A change on a page. */
export type ReratingDeltaEdge = {
  /** Give it as `after` to continue behind this one. */
  cursor: Scalars['String']['output'];
  /** The change. */
  node: ReratingDelta;
};

/** A recurring fee of a prepaid account, once for each product, price and period. */
export type PrepaidFee = {
  /** The product. */
  productId: Scalars['ID']['output'];
  /** The price, stable within its offer. */
  priceCode: Scalars['String']['output'];
  /** What it is. */
  label: LocalizedText;
  /** Bill period of the service. */
  period: Scalars['String']['output'];
  /** What the period costs as things stand. */
  amount: Scalars['Decimal']['output'];
  /** What was debited of it; all or nothing, less what was given back. */
  paid: Scalars['Decimal']['output'];
  /** When it falls due. */
  dueAt: Scalars['DateTime']['output'];
  /** Unpaid for so long that the product is stopped until it is paid. */
  blocked: Scalars['Boolean']['output'];
};

/** Something that a customer was told of a balance, once. */
export type BalanceNotice = {
  /** The notice's id, a UUID. */
  noticeId: Scalars['ID']['output'];
  /** What it is about. */
  kind: BalanceNoticeKind;
  /** What was passed: percent of an allowance, or yuan. */
  threshold: Scalars['Decimal']['output'];
  /** The one product that may use the allowance; null where there is none. */
  productId: Maybe<Scalars['ID']['output']>;
  /** The card group of the allowance; null where it is about money. */
  cardGroupId: Maybe<Scalars['ID']['output']>;
  /** Bill period: `2026-06`; null where it is about money that is low. */
  period: Maybe<Scalars['String']['output']>;
  /** The allowance; null where it is about money. */
  label: Maybe<LocalizedText>;
  /** What `remaining` counts: units of an allowance, or `yuan`. */
  unit: Scalars['String']['output'];
  /** What was left of an allowance or of the money; of a spend cap: what was spent. */
  remaining: Scalars['Decimal']['output'];
  /** When, business time. */
  raisedAt: Scalars['DateTime']['output'];
};

/** What a notice is about. */
export type BalanceNoticeKind =
  /** So many percent of an allowance are used. */
  | 'ALLOWANCE_USED'
  /** There is less money than the policy's limit. */
  | 'MONEY_LOW'
  /** So much was spent on usage in a bill period. */
  | 'SPEND_CAP'
  /** A recurring fee is due and there is not enough money for it. */
  | 'FEE_UNPAID'
  /** A recurring fee has been unpaid for so long that the product is stopped. */
  | 'PRODUCT_BLOCKED';

/** One page of notices. */
export type BalanceNoticeConnection = {
  /** The notices on this page. */
  edges: Array<BalanceNoticeEdge>;
  /** Where this page ends. */
  pageInfo: PageInfo;
};

/** A notice in a page. */
export type BalanceNoticeEdge = {
  /** Give it as `after` to go on behind this notice. */
  cursor: Scalars['String']['output'];
  /** The notice. */
  node: BalanceNotice;
};

/** What to try. */
export type WhatIfInput = {
  /** Bill period whose usage and products are charged by the drafts: `2026-06`. */
  period: Scalars['String']['input'];
  /** Documents over those in force, as in `applyCatalogDocuments`. The latest draft of a code counts for all its products. */
  files?: Array<DraftFileInput>;
  /** Offers whose products are charged by another one, drafted or in force. */
  replacements?: Array<ReplacementInput>;
};

/** A draft document. */
export type DraftFileInput = {
  /** Its path; a path that was applied before is replaced. */
  path: Scalars['String']['input'];
  /** YAML. */
  text: Scalars['String']['input'];
};

/** An offer in another one's place. */
export type ReplacementInput = {
  /** The offer that products are of. */
  offering: Scalars['String']['input'];
  /** The offer that they are charged by. */
  by: Scalars['String']['input'];
};

/** A trial of draft documents over a period's real usage. */
export type WhatIf = {
  /** The trial's id, a UUID. */
  whatIfId: Scalars['ID']['output'];
  /** How far it is. */
  state: WhatIfState;
  /** Bill period. */
  period: Scalars['String']['output'];
  /** Which documents took whose place: the offer, and `CODE@VERSION`. */
  replacements: Array<Replacement>;
  /** Which drafts of zone plans, calendars and discounts are tried: `CODE@VERSION`. */
  policies: Array<Scalars['String']['output']>;
  /** What would keep the documents from being published as they are. */
  conflicts: Array<Scalars['String']['output']>;
  /** Who asked for it. */
  requestedBy: Scalars['String']['output'];
  /** When, by the business clock. */
  requestedAt: Scalars['DateTime']['output'];
  /** When it ended. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** How far it is, in accounts. */
  progress: WhatIfProgress;
  /** What it came to so far: as bills say it, with discounts of accounts and groups and rounded to fen. */
  figures: WhatIfFigures;
};

/** How far a trial is. */
export type WhatIfState =
  /** It is being computed. */
  | 'RUNNING'
  /** All accounts were looked at. */
  | 'DONE'
  /** It was stopped. */
  | 'CANCELLED';

/** An offer in another one's place. */
export type Replacement = {
  /** The offer that products are of. */
  offering: Scalars['String']['output'];
  /** The version that they are charged by: `CODE@VERSION`. */
  by: Scalars['String']['output'];
};

/** How far a trial is, in accounts. */
export type WhatIfProgress = {
  /** How many are done. */
  done: Scalars['Int']['output'];
  /** How many there are. */
  total: Scalars['Int']['output'];
  /** How long it will take at the speed so far; null before anything can be said. */
  secondsLeft: Maybe<Scalars['Int']['output']>;
};

/** What a trial came to. */
export type WhatIfFigures = {
  /** What all accounts are to pay for the period. */
  revenue: AmountChange;
  /** Of this, usage, with what is missing to minimum spends; exact. */
  usage: AmountChange;
  /** Of this, fees; exact. */
  fees: AmountChange;
  /** Of this, discounts of accounts and balance groups: zero or less. */
  discounts: AmountChange;
  /** Of this, what rounding bill lines to fen adds or takes. */
  rounding: AmountChange;
  /** By offer and price, the largest change first, 500 at most. */
  lines: Array<WhatIfLine>;
  /** How the changes spread over accounts. */
  accounts: WhatIfSpread;
};

/** An amount before and after. */
export type AmountChange = {
  /** Under the documents in force. */
  before: Scalars['Decimal']['output'];
  /** Under the drafts. */
  after: Scalars['Decimal']['output'];
  /** After less before. */
  delta: Scalars['Decimal']['output'];
};

/** What one price of an offer comes to. */
export type WhatIfLine = {
  /** The offer in force. */
  offeringCode: Scalars['String']['output'];
  /** What it is about. */
  kind: WhatIfLineKind;
  /** The price: `voice-out`, `monthly-fee`; the discount: `two-plans`. */
  chargeCode: Scalars['String']['output'];
  /** Usage events, fees, or bill lines that are discounted or rounded. */
  count: Scalars['Int']['output'];
  /** Under the documents in force. */
  before: Scalars['Decimal']['output'];
  /** Under the drafts. */
  after: Scalars['Decimal']['output'];
  /** After less before. */
  delta: Scalars['Decimal']['output'];
};

/** What a line counts. */
export type WhatIfLineKind =
  /** Usage. */
  | 'USAGE'
  /** What is missing to a minimum spend. */
  | 'MINIMUM'
  /** Fees. */
  | 'FEE'
  /** A discount of accounts or balance groups. */
  | 'DISCOUNT'
  /** What rounding to fen adds or takes. */
  | 'ROUNDING';

/** How the changes spread over accounts. */
export type WhatIfSpread = {
  /** Accounts that would pay another amount. */
  changed: Scalars['Int']['output'];
  /** Of these, more. */
  rising: Scalars['Int']['output'];
  /** Of these, less. */
  falling: Scalars['Int']['output'];
  /** Accounts that the drafts cannot charge; their figures stay. */
  problems: Scalars['Int']['output'];
  /** The change below which a share of the changed accounts lies. */
  percentiles: Array<WhatIfPercentile>;
  /** Changed accounts by the size of their change. */
  histogram: Array<WhatIfRange>;
  /** The 20 accounts that would pay most more. */
  mostRising: Array<WhatIfAccount>;
  /** The 20 accounts that would pay most less. */
  mostFalling: Array<WhatIfAccount>;
  /** Accounts that the drafts cannot charge, 20 at most. */
  unchargeable: Array<WhatIfProblem>;
};

/** A share of the changed accounts. */
export type WhatIfPercentile = {
  /** The share in percent. */
  percent: Scalars['Int']['output'];
  /** Their change is at most this. */
  delta: Scalars['Decimal']['output'];
};

/** Changed accounts whose change lies in a range. */
export type WhatIfRange = {
  /** From here; null: open. */
  from: Maybe<Scalars['Decimal']['output']>;
  /** Below this; null: open. */
  to: Maybe<Scalars['Decimal']['output']>;
  /** How many. */
  accounts: Scalars['Int']['output'];
};

/** What one account would pay. */
export type WhatIfAccount = {
  /** The account. */
  accountId: Scalars['ID']['output'];
  /** Its usage. */
  usage: AmountChange;
  /** Its fees. */
  fees: AmountChange;
  /** Its share of discounts. */
  discounts: AmountChange;
  /** Under the documents in force. */
  before: Scalars['Decimal']['output'];
  /** Under the drafts. */
  after: Scalars['Decimal']['output'];
  /** After less before. */
  delta: Scalars['Decimal']['output'];
};

/** An account that the drafts cannot charge. */
export type WhatIfProblem = {
  /** The account. */
  accountId: Scalars['ID']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
};

/** An open online session (TS 32.291) that has nothing left to use. */
export type SessionToCut = {
  /** ChargingDataRef of the session. */
  chargingDataRef: Scalars['ID']['output'];
  /** The product that it charges. */
  productId: Scalars['ID']['output'];
  /** As the network function names the subscriber. */
  subscriber: Scalars['String']['output'];
  /** The network function: its function and name. */
  consumer: Scalars['String']['output'];
  /** The rating groups that asked for quota. */
  ratingGroups: Array<Scalars['Float']['output']>;
  /** Business time of its start. */
  startedAt: Scalars['DateTime']['output'];
  /** System time after which it is ended by itself. */
  expiresAt: Scalars['DateTime']['output'];
  /** Whether the network function heard in its last answer that nothing is left; else it is notified at its `notifyUri`. */
  told: Scalars['Boolean']['output'];
};
