import { Injectable } from '@nestjs/common';
import {
  isId,
  localDateOf,
  maxMoney,
  moneyFromMinor,
  newId,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
} from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { findAccount, type KnownAccount } from '../account.store';
import { lockLedger, updateOpenItems } from '../ledger.store';
import type { OpenItem } from '../open-item';
import { paymentAmount } from '../payment';
import { findDunningPolicies, policyOn } from '../top-up/policy.store';
import { accountNotFound } from '../receivables.errors';
import type { Dispute } from './dispute';
import { BillLines } from '../settlement/bill-lines.service';
import { lineNotFound, type LineAmount } from '../settlement/line-limit';
import {
  disputedOfLine,
  findDispute,
  findWaitingDisputes,
  insertDispute,
  saveResolution,
} from './dispute.store';
import {
  disputeExceedsLine,
  disputeExceedsOpen,
  disputeNotFound,
  disputeNotOpen,
  billNotOpen,
  reasonMissing,
} from './dunning.errors';

/** Disputes that one answer lists. */
export const DISPUTES_MAXIMUM = 100;

/** A dispute as a clerk takes it down. */
export interface DisputeRequest {
  accountId: string;
  billId: string;
  lineNo?: number | null | undefined;
  amount: string;
  reason: string;
}

/** Sums of bills that customers do not accept: held out of dunning and of the late fee until somebody has decided. */
@Injectable()
export class DisputeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly lines: BillLines,
  ) {}

  /**
   * @throws DomainError `account_not_found`, `bill_not_open`, `dispute_exceeds_open`, `dispute_exceeds_line`,
   *   `line_not_found`, `payment_amount_invalid`, `reason_missing`.
   */
  async open(request: DisputeRequest, idempotencyKey: string): Promise<Dispute> {
    const { billId, lineNo, amount } = request;
    const lines = isId(billId) ? await this.lines.of([{ billId, lineNo: lineNo ?? null, amount }]) : [];
    const { disputeId } = await this.transactions.once(
      'receivables.openDispute',
      idempotencyKey,
      { ...request },
      async (tx) => ({ disputeId: (await this.record(tx, request, lines)).disputeId }),
    );
    return this.get(disputeId);
  }

  /**
   * Decides a dispute. Accepted, it stays held and waits for its credit note; rejected, its sum is late again, with the
   * days of the dispute counted as the policy says.
   * @throws DomainError `dispute_not_found`, `dispute_not_open`, `reason_missing`.
   */
  async resolve(
    request: { disputeId: string; isAccepted: boolean; reason: string },
    idempotencyKey: string,
  ): Promise<Dispute> {
    await this.transactions.once('receivables.resolveDispute', idempotencyKey, request, async (tx) => {
      await this.decide(tx, request);
      return { disputeId: request.disputeId };
    });
    return this.get(request.disputeId);
  }

  /** Disputes that wait for a decision or a credit note, oldest first. */
  waiting(): Promise<Dispute[]> {
    return this.transactions.read((tx) => findWaitingDisputes(tx, DISPUTES_MAXIMUM));
  }

  private async get(disputeId: string): Promise<Dispute> {
    const dispute = await this.transactions.read((tx) => findDispute(tx, disputeId));
    if (!dispute) throw disputeNotFound(disputeId);
    return dispute;
  }

  private async record(tx: Tx, request: DisputeRequest, lines: readonly LineAmount[]): Promise<Dispute> {
    const amount = paymentAmount(request.amount);
    const reason = reasonOf(request.reason);
    const { account, item } = await this.lock(tx, request.accountId, request.billId);
    if (item.open === zeroMoney) throw billNotOpen(request.billId);
    const free = subtractMoney(item.open, sumMoney([item.disputed, item.instalment]));
    if (amount > free) throw disputeExceedsOpen(request.billId, free);
    await assertWithinLine(tx, account.lane, request, { amount, lines });
    const dispute: Dispute = {
      ...{ disputeId: newId(), lane: account.lane, accountId: account.account_id, billId: item.billId },
      ...{ lineNo: request.lineNo ?? null, amount, reason, state: 'open' as const },
      ...{ openedOn: localDateOf(tx.now, account.zone), openedAt: tx.now, openedBy: actorId() },
      ...{ resolvedOn: null, resolvedBy: null, resolution: null, daysCount: null },
    };
    await insertDispute(tx, dispute);
    await updateOpenItems(tx, account.lane, [{ ...item, disputed: sumMoney([item.disputed, amount]) }]);
    return dispute;
  }

  private async decide(
    tx: Tx,
    { disputeId, isAccepted, reason }: { disputeId: string; isAccepted: boolean; reason: string },
  ): Promise<void> {
    const resolution = reasonOf(reason);
    const dispute = isId(disputeId) ? await findDispute(tx, disputeId) : null;
    if (!dispute) throw disputeNotFound(disputeId);
    const { account, item } = await this.lock(tx, dispute.accountId, dispute.billId);
    const resolvedOn = localDateOf(tx.now, account.zone);
    const policy = policyOn(await findDunningPolicies(tx), resolvedOn);
    const saved = await saveResolution(tx, {
      ...dispute,
      ...{ state: isAccepted ? 'accepted' : 'rejected', resolvedOn, resolvedBy: actorId(), resolution },
      daysCount: isAccepted ? null : policy?.disputedDays === 'counted',
    });
    if (!saved) throw disputeNotOpen(disputeId);
    if (isAccepted) return updateOpenItems(tx, account.lane, [item]);
    await updateOpenItems(tx, account.lane, [{ ...item, disputed: lessOf(item.disputed, dispute.amount) }]);
  }

  private async lock(
    tx: Tx,
    accountId: string,
    billId: string,
  ): Promise<{ account: KnownAccount; item: OpenItem }> {
    const account = isId(accountId) ? await findAccount(tx, accountId) : null;
    if (!account) throw accountNotFound(accountId);
    const ids = isId(billId) ? [billId] : [];
    const ledger = await lockLedger(tx, account.lane, accountId, ids);
    const item = ledger.openItems.find((each) => each.billId === billId);
    if (!item) throw billNotOpen(billId);
    return { account, item };
  }
}

/** Of a line no more is disputed than it comes to, each fen once. */
async function assertWithinLine(
  tx: Tx,
  lane: number,
  { billId, lineNo }: DisputeRequest,
  { amount, lines }: { amount: Money; lines: readonly LineAmount[] },
): Promise<void> {
  if (lineNo === null || lineNo === undefined) return;
  const line = lines.find((each) => each.billId === billId && each.no === lineNo);
  if (!line) throw lineNotFound(billId, lineNo);
  const left = moneyFromMinor(line.amount - (await disputedOfLine(tx, lane, billId, lineNo)));
  if (amount > left) throw disputeExceedsLine(billId, lineNo, left);
}

/** The words that a clerk has to give. @throws DomainError `reason_missing`. */
export function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason === '') throw reasonMissing();
  return reason;
}

/** Who is doing it. */
export function actorId(): string {
  return requestContext().actor?.id ?? 'system';
}

function lessOf(held: Money, amount: Money): Money {
  return maxMoney(zeroMoney, moneyFromMinor(held - amount));
}
