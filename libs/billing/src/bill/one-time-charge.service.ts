import { Injectable } from '@nestjs/common';
import type { CommandAnswer, CommandInput } from '@ronghe/contracts';
import { isId, newId, parseLocalDate } from '@ronghe/kernel';
import { taxPercentOf } from '@ronghe/rating';
import { OnCommand, Transactions, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { taxPolicies } from '../policy';
import { shareAccount } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { chargeAmount } from './one-time-charge';
import { insertOneTimeCharge } from './one-time-charge.store';

/** Takes charges that come once, from staff and from other domains. */
@Injectable()
export class OneTimeChargeService {
  constructor(private readonly transactions: Transactions) {}

  /** Staff's way in; the same key again gets the same charge. Errors as `chargeOnce`. */
  async charge(
    input: CommandInput<'billing.chargeOnce'>,
    idempotencyKey: string,
  ): Promise<{ chargeId: string }> {
    return this.transactions.once('billing.chargeOnce', idempotencyKey, input, (tx) =>
      this.chargeOnce(input, tx),
    );
  }

  /** @throws DomainError `account_not_found`, `account_prepaid`, `charge_amount_invalid`, `tax_rate_missing`, `invalid_local_date`. */
  @OnCommand('billing.chargeOnce')
  async chargeOnce(
    input: CommandInput<'billing.chargeOnce'>,
    tx: Tx,
  ): Promise<CommandAnswer<'billing.chargeOnce'>> {
    const amount = chargeAmount(input.amount);
    const serviceDate = parseLocalDate(input.serviceDate);
    const account = isId(input.accountId) ? await shareAccount(tx, input.accountId) : null;
    if (!account) throw billingErrors.accountNotFound(input.accountId);
    if (account.paymentMode === 'prepaid') throw billingErrors.accountPrepaid(input.accountId);
    // A class without a rate would stop the whole account's bill at the end of the period.
    taxPercentOf(input.taxClass, serviceDate, taxPolicies(await readPolicies(tx)));
    const { accountId, lane } = account;
    const { chargeClass, label, taxClass } = input;
    const charge = { chargeId: newId(), accountId, lane, chargeClass, label, amount, taxClass, serviceDate };
    await insertOneTimeCharge(tx, charge);
    return { chargeId: charge.chargeId };
  }
}
