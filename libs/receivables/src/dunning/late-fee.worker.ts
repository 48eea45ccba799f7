import { Injectable } from '@nestjs/common';
import { isDomainError, moneyFromMinor, moneyToDecimal } from '@ronghe/kernel';
import { Commands, OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import {
  CHARGE_LATE_FEES,
  findDecidedCharges,
  saveChargeAnswers,
  type ChargeAnswer,
  type DecidedCharge,
} from './late-fee.store';

/** Charges that are handed over before it is noted what came of it. */
const CHARGES_AT_ONCE = 20;

/** Hands late fees to billing, which puts them on the next bill; a charge's id is its key, so none is there twice. */
@Injectable()
export class LateFeeWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
  ) {}

  @OnJob(CHARGE_LATE_FEES)
  async charge(): Promise<void> {
    while (await this.chargeSome());
  }

  @PendingWork(CHARGE_LATE_FEES)
  async due(): Promise<JsonObject[]> {
    return (await this.transactions.read((tx) => findDecidedCharges(tx, 1))).map(() => ({}));
  }

  private async chargeSome(): Promise<boolean> {
    const decided = await this.transactions.read((tx) => findDecidedCharges(tx, CHARGES_AT_ONCE));
    if (decided.length === 0) return false;
    const answers = await Promise.all(decided.map((charge) => this.ask(charge)));
    await this.transactions.run((tx) => saveChargeAnswers(tx, answers));
    return true;
  }

  private async ask(charge: DecidedCharge): Promise<ChargeAnswer> {
    const { lane, chargeId, accountId, chargeClass, label, taxClass, serviceDate, amountFen } = charge;
    const amount = moneyToDecimal(moneyFromMinor(amountFen));
    const input = { accountId, chargeClass, label, amount, taxClass, serviceDate };
    try {
      const answer = await this.commands.send('billing.chargeOnce', input, { key: chargeId });
      return { lane, chargeId, billingChargeId: answer.chargeId, refusal: null };
    } catch (error) {
      // Busy and unavailable say nothing about the charge: it is asked for again with its key.
      if (!isDomainError(error) || error.kind === 'unavailable' || error.code === 'busy') throw error;
      return { lane, chargeId, billingChargeId: null, refusal: error.code };
    }
  }
}
