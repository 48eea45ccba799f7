import { Injectable } from '@nestjs/common';
import type { CommandInput, ToppedUp } from '@ronghe/contracts';
import { amountToDecimal, moneyFromDecimal, moneyToAmount, newId } from '@ronghe/kernel';
import { OnCommand, type Tx } from '@ronghe/platform';
import { expireMoney } from '@ronghe/rating';
import { chargingError } from '../charging.errors';
import { findAccounts } from '../projection/account.store';
import { retryFees } from '../fee/prepaid-fee.store';
import { DEBIT_FEES } from '../fee/prepaid-fees.service';
import { noteMoneyBack } from '../session/notification/credit-back.store';
import { BalancePolicies } from './balance-policies.service';
import { lockPurses, savePurses, scheduleEnds } from './purse.store';
import { TopUpUnitGrants } from './top-up-units.service';
import { topUp, unitsOf } from './top-up';

/** Makes money that was paid spendable. */
@Injectable()
export class TopUps {
  constructor(
    private readonly policies: BalancePolicies,
    private readonly units: TopUpUnitGrants,
  ) {}

  /** Once for each payment. @throws DomainError `projection_behind` while the account has not arrived. */
  @OnCommand('charging.topUp')
  async topUp({ accountId, paymentId, amount }: CommandInput<'charging.topUp'>, tx: Tx): Promise<ToppedUp> {
    const [account] = await findAccounts(tx, [accountId]);
    if (!account) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
    const money = moneyFromDecimal(amount);
    const policy = await this.policies.inForce(tx, account.zone);
    // Card groups are locked before fees, and those before money.
    const { units, sharers } = await this.units.give(
      tx,
      account,
      unitsOf(policy.topUp.units ?? [], money),
      paymentId,
    );
    if (await retryFees(tx, account)) tx.enqueue(DEBIT_FEES, {});
    const purse = (await lockPurses(tx, [account])).get(accountId);
    if (!purse) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
    // What has ended is not made good again by what comes now, even where its job has not been here yet.
    const ended = expireMoney(purse, tx.now);
    const change = topUp(
      ended.purse,
      { amount: moneyToAmount(money), money, at: tx.now, bonusId: newId() },
      policy,
    );
    await savePurses(tx, [{ ...ended, reference: 'ended' }, change], paymentId);
    await noteMoneyBack(tx, account, sharers);
    await scheduleEnds(tx, change.purse);
    return {
      repaidOverrun: amountToDecimal(change.repaid),
      bonus: amountToDecimal(change.bonus),
      validTo: change.validTo,
      ...(units.length > 0 && { units }),
    };
  }
}
