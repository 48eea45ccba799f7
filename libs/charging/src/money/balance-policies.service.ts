import { Injectable } from '@nestjs/common';
import type { BalancePolicy } from '@ronghe/contracts';
import { localDateOf } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findBalancePolicy } from '../projection/document.store';
import { plainBalancePolicy } from './balance-policy';

/** The rules of balances as they hold now. */
@Injectable()
export class BalancePolicies {
  /** The newest document in force on today's local day of a zone; without one, `plainBalancePolicy`. */
  async inForce(tx: Tx, zone: string): Promise<BalancePolicy> {
    return (await findBalancePolicy(tx, localDateOf(tx.now, zone))) ?? plainBalancePolicy;
  }
}
