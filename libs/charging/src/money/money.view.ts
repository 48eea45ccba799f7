import {
  amountToDecimal,
  amountToMoneyDown,
  moneyToDecimal,
  subtractAmounts,
  type Amount,
} from '@ronghe/kernel';
import type { MoneyEntry } from './money-entry';
import { compareMoney, type MoneyBucket, type Purse } from '@ronghe/rating';
import type { MoneyTransfer } from './transfer';

/** A purse as GraphQL shows it. */
export function purseView({ purse, free }: { purse: Purse; free: Amount }) {
  const overrun = purse.buckets.reduce((sum, bucket) => sum + bucket.overrun, 0n) as Amount;
  return {
    free: moneyToDecimal(amountToMoneyDown(free)),
    exactFree: amountToDecimal(free),
    overrun: amountToDecimal(overrun),
    buckets: [...purse.buckets].sort(compareMoney).map(moneyBucketView),
  };
}

function moneyBucketView(bucket: MoneyBucket) {
  return {
    bucketId: bucket.bucketId,
    kind: bucket.kind.toUpperCase(),
    remaining: amountToDecimal(bucket.remaining),
    reserved: amountToDecimal(bucket.reserved),
    free: amountToDecimal(subtractAmounts(bucket.remaining, bucket.reserved)),
    creditLimit: amountToDecimal(bucket.creditLimit),
    validTo: bucket.validTo,
    priority: bucket.priority,
  };
}

/** An entry as GraphQL shows it. */
export function moneyEntryView(entry: MoneyEntry) {
  return {
    entryId: entry.entryId,
    bucketId: entry.bucketId,
    kind: entry.kind.replace('-', '_').toUpperCase(),
    amount: amountToDecimal(entry.delta),
    reference: entry.reference,
    at: entry.businessAt,
    taxClass: entry.taxClass,
  };
}

/** A transfer as GraphQL shows it. */
export function transferView(transfer: MoneyTransfer) {
  return {
    transferId: transfer.transferId,
    from: { accountId: transfer.fromAccountId },
    to: { accountId: transfer.toAccountId },
    amount: amountToDecimal(transfer.amount),
    state: transfer.state.toUpperCase(),
    takenAt: transfer.takenAt,
    givenAt: transfer.givenAt,
  };
}
