import { Injectable } from '@nestjs/common';
import {
  OnDue,
  OnJob,
  PendingWork,
  Transactions,
  type DueRow,
  type JsonObject,
  type Tx,
} from '@ronghe/platform';
import { amountToDecimal, groupBy } from '@ronghe/kernel';
import { BalancePolicies } from '../money/balance-policies.service';
import type { PurseChange } from '@ronghe/rating';
import { lockPurses, savePurses } from '../money/purse.store';
import type { Notice } from '../notice/notice';
import { saveNotices } from '../notice/notice.store';
import { feeId, tryFee, type FeeTry, type PrepaidFee } from './prepaid-fee';
import { turnStops } from './fee-stop.store';
import { hasDueFees, lockDueFees, saveFees, scheduleTries } from './prepaid-fee.store';
import { DEBIT_FEES } from './prepaid-fees.service';

/** Fees that one transaction tries. */
const FEES_AT_ONCE = 500;

/** The zone whose day says which rules are in force. */
const OPERATOR_ZONE = 'Asia/Shanghai';

/** Debits fees that are due, set by set; what cannot be paid is tried again, and stops its product after its grace. */
@Injectable()
export class PrepaidFeeWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: BalancePolicies,
  ) {}

  /** Some fee is to be tried again. */
  @OnDue('charging.feesDue')
  async feesDue(_due: DueRow, tx: Tx): Promise<void> {
    tx.enqueue(DEBIT_FEES, {});
  }

  @OnJob(DEBIT_FEES)
  async debit(): Promise<void> {
    while (await this.transactions.run((tx) => this.debitSome(tx)));
  }

  @PendingWork(DEBIT_FEES)
  async due(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasDueFees)) ? [{}] : [];
  }

  private async debitSome(tx: Tx): Promise<boolean> {
    const due = await lockDueFees(tx, FEES_AT_ONCE);
    if (due.length === 0) return false;
    const { prepaidFee: rules } = await this.policies.inForce(tx, OPERATOR_ZONE);
    const purses = await lockPurses(tx, due);
    const tries: FeeTry[] = [];
    for (const [accountId, fees] of groupBy(due, (fee) => fee.accountId)) {
      let purse = purses.get(accountId);
      for (const fee of [...fees].sort(byDue)) {
        if (!purse) continue;
        const tried = tryFee(fee, purse, tx.now, rules);
        purse = tried.change?.purse ?? purse;
        tries.push(tried);
      }
    }
    await this.save(tx, due, tries);
    return true;
  }

  private async save(tx: Tx, before: readonly PrepaidFee[], tries: readonly FeeTry[]): Promise<void> {
    const changes = tries.flatMap(({ fee, change }): (PurseChange & { reference: string })[] =>
      change ? [{ ...change, reference: feeId(fee) }] : [],
    );
    await savePurses(tx, changes, 'fee');
    const fees = tries.map(({ fee }) => fee);
    await saveFees(tx, fees);
    const wasBlocked = new Map(before.map((fee) => [feeId(fee), fee.isBlocked]));
    const turned = fees.filter((fee) => fee.isBlocked !== wasBlocked.get(feeId(fee)));
    await turnStops(tx, turned);
    await saveNotices(tx, fees.flatMap(noticesOf));
    await scheduleTries(tx, fees);
  }
}

/** What is said of a fee that is unpaid, and of a product that is stopped for it; each once. */
function noticesOf(fee: PrepaidFee): Notice[] {
  if (fee.state !== 'due') return [];
  const { lane, accountId, productId, period, label } = fee;
  const said = {
    lane,
    accountId,
    productId,
    period,
    label,
    cardGroupId: null,
    unit: 'yuan',
    subject: feeId(fee),
    threshold: amountToDecimal(fee.amount),
    remaining: amountToDecimal(fee.amount),
  };
  const unpaid: Notice = { ...said, kind: 'fee-unpaid' };
  return fee.isBlocked ? [unpaid, { ...said, kind: 'product-blocked' }] : [unpaid];
}

function byDue(a: PrepaidFee, b: PrepaidFee): number {
  return a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : feeId(a) < feeId(b) ? -1 : 1;
}
