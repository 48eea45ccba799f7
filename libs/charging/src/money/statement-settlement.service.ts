import { Injectable } from '@nestjs/common';
import type { CommandAnswer, CommandInput } from '@ronghe/contracts';
import {
  addAmounts,
  amountFromDecimal,
  amountToDecimal,
  negateAmount,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import { OnCommand, type Tx } from '@ronghe/platform';
import { drawMoney, giveBackMoney, type PurseChange } from '@ronghe/rating';
import { chargingError } from '../charging.errors';
import { retryFees } from '../fee/prepaid-fee.store';
import { DEBIT_FEES } from '../fee/prepaid-fees.service';
import { findAccounts } from '../projection/account.store';
import { noteMoneyBack } from '../session/notification/credit-back.store';
import { lockPurses, savePurses } from './purse.store';

/** Moves the money that a statement settles: discounts are given back to what paid, what is missing to a minimum is taken. */
@Injectable()
export class StatementSettlements {
  /** Once for each statement. @throws DomainError `projection_behind` while the account has not arrived. */
  @OnCommand('charging.settleStatement')
  async settle(
    { accountId, billId, amounts }: CommandInput<'charging.settleStatement'>,
    tx: Tx,
  ): Promise<CommandAnswer<'charging.settleStatement'>> {
    const [account] = await findAccounts(tx, [accountId]);
    if (!account) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
    // What is given back may pay fees, which are locked before money.
    if (await retryFees(tx, account)) tx.enqueue(DEBIT_FEES, {});
    let purse = (await lockPurses(tx, [account])).get(accountId);
    if (!purse) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
    const changes: PurseChange[] = [];
    let owed: Amount = zeroAmount;
    // What is given back pays what is taken.
    for (const { taxClass, amount } of amounts.map(exact).sort(leastFirst)) {
      if (amount < 0n) {
        const back = { amount: negateAmount(amount), taxClass, at: tx.now, kind: 'settle' as const };
        changes.push(giveBackMoney(purse, back));
      } else if (amount > 0n) {
        const drawn = drawMoney(purse, amount, tx.now, { kind: 'settle', taxClass });
        owed = addAmounts(owed, drawn.overrun);
        changes.push(drawn);
      }
      purse = changes.at(-1)?.purse ?? purse;
    }
    await savePurses(tx, changes, `statement/${billId}`);
    await noteMoneyBack(tx, account);
    return { owed: amountToDecimal(owed) };
  }
}

function exact({ taxClass, amount }: { taxClass: string; amount: string }) {
  return { taxClass, amount: amountFromDecimal(amount) };
}

function leastFirst(a: { amount: Amount }, b: { amount: Amount }): number {
  return a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0;
}
