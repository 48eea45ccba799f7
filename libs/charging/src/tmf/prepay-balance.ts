import type { HrefOf, UsageUnit } from '@ronghe/contracts';
import { amountToDecimal, DomainError, type Amount } from '@ronghe/kernel';
import { quantityInWords, type MoneyBucket, type Purse } from '@ronghe/rating';
import type { MoneyTransfer } from '../money/transfer';

/** Where the API lies: TMF654 Prepay Balance Management, version 4. */
export const prepayBalanceRoot = '/tmf-api/prepayBalanceManagement/v4';

/** How values are written that the edge decides on. */
export interface Writing {
  /** Writes decimal text as a JSON number, digit by digit. */
  number: (decimalText: string) => unknown;
  hrefOf: HrefOf;
}

/** A unit bucket, as far as the standard shows it. */
export interface ShownBucket {
  bucketId: string;
  accountId: string;
  productId: string | null;
  label: { en: string };
  usageClasses: readonly string[];
  unit: UsageUnit;
  remaining: bigint;
  reserved: bigint;
  validFrom: string;
  validTo: string;
  /** What another account shares with the one that is asked about: how much of it that may still use. */
  member?: { used: bigint; usable: bigint } | null;
}

/** The public id of a bucket: of an account's own money the account's id, of others the account's and theirs. */
export function bucketResourceId({ accountId, bucketId }: { accountId: string; bucketId: string }): string {
  return bucketId === accountId ? accountId : `${accountId}.${bucketId}`;
}

/** The account of a bucket's public id. */
export function accountOfBucketId(id: string): string {
  return id.split('.')[0] ?? '';
}

/** An allowance as TMF654 Bucket. */
export function unitBucketResource(bucket: ShownBucket, { number, hrefOf }: Writing) {
  const quantity = (units: bigint) => ({ amount: number(units.toString()), units: bucket.unit });
  const usable = bucket.member?.usable ?? bucket.remaining;
  const free = bucket.remaining - bucket.reserved;
  return {
    id: bucketResourceId(bucket),
    href: hrefOf(`${prepayBalanceRoot}/bucket`, bucketResourceId(bucket)),
    name: bucket.label.en,
    isShared: bucket.productId === null,
    remainingValueName: quantityInWords(bucket.unit, usable).en,
    remainingValue: quantity(usable < free ? usable : free),
    reservedValue: quantity(bucket.reserved),
    status: 'active',
    usageType: usageTypeOf(bucket.usageClasses),
    validFor: { startDateTime: bucket.validFrom, endDateTime: bucket.validTo },
    partyAccount: { id: bucket.accountId, '@referredType': 'Account' },
    ...(bucket.productId === null ? {} : { product: [{ id: bucket.productId, '@referredType': 'Product' }] }),
    '@type': 'Bucket',
  };
}

/** Money as TMF654 Bucket. */
export function moneyBucketResource(bucket: MoneyBucket, now: string, { number, hrefOf }: Writing) {
  const quantity = (amount: Amount) => ({ amount: number(amountToDecimal(amount)), units: 'CNY' });
  const hasEnded = bucket.validTo !== null && bucket.validTo <= now;
  return {
    id: bucketResourceId(bucket),
    href: hrefOf(`${prepayBalanceRoot}/bucket`, bucketResourceId(bucket)),
    name: bucket.kind === 'main' ? 'Money paid in' : 'Bonus',
    isShared: true,
    remainingValueName: `${amountToDecimal(bucket.remaining)} CNY`,
    remainingValue: quantity((bucket.remaining - bucket.reserved) as Amount),
    reservedValue: quantity(bucket.reserved),
    status: hasEnded ? 'expired' : 'active',
    usageType: 'monetary',
    validFor: {
      startDateTime: bucket.validFrom,
      ...(bucket.validTo === null ? {} : { endDateTime: bucket.validTo }),
    },
    partyAccount: { id: bucket.accountId, '@referredType': 'Account' },
    '@type': 'Bucket',
  };
}

/** All money of an account as TMF654 AccumulatedBalance; its id is the account's. */
export function accumulatedBalance(
  { purse, free }: { purse: Purse; free: Amount },
  { number, hrefOf }: Writing,
) {
  return {
    id: purse.accountId,
    href: hrefOf(`${prepayBalanceRoot}/accumulatedBalance`, purse.accountId),
    name: 'Money that may be spent',
    bucket: purse.buckets.map((bucket) => ({ id: bucketResourceId(bucket), '@referredType': 'Bucket' })),
    totalBalance: { amount: number(amountToDecimal(free)), units: 'CNY' },
    partyAccount: { id: purse.accountId, '@referredType': 'Account' },
    '@type': 'AccumulatedBalance',
  };
}

/** A transfer as TMF654 TransferBalance. Money belongs to accounts: they stand where the standard wants resources. */
export function transferResource(transfer: MoneyTransfer, { number, hrefOf }: Writing) {
  const resourceOf = (accountId: string) => ({ id: accountId, '@referredType': 'Account' });
  return {
    id: transfer.transferId,
    href: hrefOf(`${prepayBalanceRoot}/transferBalance`, transfer.transferId),
    reason: 'transfer',
    status: transfer.state === 'given' ? 'completed' : 'created',
    requestedDate: transfer.takenAt,
    ...(transfer.givenAt === null ? {} : { confirmationDate: transfer.givenAt }),
    amount: { amount: number(amountToDecimal(transfer.amount)), units: 'CNY' },
    usageType: 'monetary',
    receiverBucketUsageType: 'monetary',
    bucket: { id: transfer.fromAccountId, '@referredType': 'Bucket' },
    receiverBucket: { id: transfer.toAccountId, '@referredType': 'Bucket' },
    logicalResource: [resourceOf(transfer.fromAccountId)],
    receiverLogicalResource: resourceOf(transfer.toAccountId),
    channel: { id: 'api' },
    '@type': 'TransferBalance',
  };
}

/** An adjustment as TMF654 AdjustBalance. */
export function adjustmentResource(
  adjusted: { accountId: string; amount: string; reason: string },
  { number }: Pick<Writing, 'number'>,
) {
  return {
    reason: adjusted.reason,
    status: 'completed',
    adjustType: 'oneTime',
    amount: { amount: number(adjusted.amount), units: 'CNY' },
    usageType: 'monetary',
    bucket: { id: adjusted.accountId, '@referredType': 'Bucket' },
    partyAccount: { id: adjusted.accountId, '@referredType': 'Account' },
    '@type': 'AdjustBalance',
  };
}

/** The kind of usage that a bucket is for, in the standard's words. */
export function usageTypeOf(usageClasses: readonly string[]): string {
  const [first, ...others] = usageClasses;
  return others.length === 0 && first !== undefined && ['voice', 'data', 'sms'].includes(first)
    ? first
    : 'other';
}

/** Digits that a JSON number keeps on its way through a double. */
const NUMBER_DIGITS = 15;

/**
 * Reads an amount of yuan of a TMF body: a text, exact, or a number of at most 15 digits, since a longer one has lost some
 * when it gets here. @throws DomainError `balance_body_invalid`.
 */
export function readAmount(body: Record<string, unknown>): string {
  const quantity = objectOf(body['amount']);
  const { amount, units } = quantity;
  const isNumber = typeof amount === 'number' || typeof amount === 'string';
  if (!isNumber || (units !== undefined && units !== 'CNY')) throw bodyInvalid('amount', 'a quantity of CNY');
  const text = String(amount);
  if (typeof amount === 'number' && digitsOf(text) > NUMBER_DIGITS)
    throw bodyInvalid('amount', `a number of at most ${NUMBER_DIGITS} digits, or a text`);
  return text;
}

/** Digits of a number from the first that counts. */
function digitsOf(text: string): number {
  return text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
}

/** Reads a reference's id. @throws DomainError `balance_body_invalid`. */
export function readReference(body: Record<string, unknown>, name: string): string {
  const { id } = objectOf(body[name]);
  if (typeof id !== 'string' || id === '') throw bodyInvalid(name, 'a reference with an id');
  return id;
}

/** Reads a text. @throws DomainError `balance_body_invalid`. */
export function readText(body: Record<string, unknown>, name: string): string {
  const text = body[name];
  if (typeof text !== 'string' || text === '') throw bodyInvalid(name, 'a text');
  return text;
}

/** A JSON object; anything else is an empty one. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function bodyInvalid(field: string, wanted: string): DomainError {
  return new DomainError('balance_body_invalid', 'invalid', `${field} must be ${wanted}`, { field });
}
